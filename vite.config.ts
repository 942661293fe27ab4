/** How the pages are built: SvelteKit over src/web into build/, which `assay serve` mounts. */
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: 'build' }),
      files: {
        src: 'src/web',
        routes: 'src/web/routes',
        assets: 'src/web/static',
        appTemplate: 'src/web/app.html',
        errorTemplate: 'src/web/error.html',
        hooks: { server: 'src/web/hooks.server' },
      },
      // Our Referrer-Policy, no-referrer, makes browsers send `Origin: null` with a form: the built-in check would
      // refuse everybody. The one public form, /ask, reads only; whatever writes checks where it comes from itself.
      csrf: { trustedOrigins: ['*'] },
      // Of the desk only, which runs our own scripts; hooks.server.ts takes it off all other pages, and the stricter one
      // of src/cli/site/headers.ts stays. The hash is of the few lines that start a page's script.
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The line that tells screen readers of a new page is hidden by a style attribute of SvelteKit's own.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
      // Nothing polls for a new version: the public pages ship no script.
      version: { name: 'assay' },
    }),
  ],
  // The settings of src/config.ts are read by the server, never baked into the pages.
  envPrefix: 'ASSAY_PAGES_NEVER_',
})
