/** The OpenAPI document, made from the routes' own schemas, and what it knows about methods. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Config } from '#config.ts'
import manifest from '../../package.json' with { type: 'json' }

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

export function describeApi(
  app: Pick<OpenAPIHono, 'getOpenAPI31Document'>,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: manifest.version,
      description:
        'Claim reviews of every publisher, and the ones that answer a message. Reading needs no key and no account. Errors are problem details (RFC 9457) whose `code` and `detail` say what to do.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: 'Answers', description: 'Paste a message, get the reviews that answer it.' },
      { name: 'Tips', description: 'Send in what nobody has answered, and come back with the receipt.' },
      { name: 'Claim reviews', description: 'Every publisher’s reviews in one shape.' },
      {
        name: 'Fact Check Tools',
        description: 'For existing clients of that API: change only the base URL.',
      },
      { name: 'Operation', description: 'For the operator.' },
    ],
  })
}

/** The methods that the document gives to a path, in upper case; none for an unknown path. */
export function methodsOf(document: OpenApiDocument, path: string): string[] {
  const known = Object.entries(document.paths ?? {}).find(([pattern]) => patternOf(pattern).test(path))
  return Object.keys(known?.[1] ?? {}).map((method) => method.toUpperCase())
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}
