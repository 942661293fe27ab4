/** What an opened receipt may do beside any public page: run our own script, register our worker, and ask this site. */
export const pushPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** As SvelteKit names it. Only the answer to a receipt that opens something is a page with the script. */
export const statusRoute = '/(public)/tips/status'
