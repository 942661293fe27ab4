/** What the one public page with a script may do: run our own script, and read what it checks from this site. */
export const checkPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page itself, as SvelteKit names it. */
export const checkRoute = '/(public)/reviews/[id]/check'
