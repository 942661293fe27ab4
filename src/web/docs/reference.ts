/** The API's OpenAPI document, read for people: operations by topic, with examples to paste, and the shapes that they speak of. */
import { type Field, fieldsOf, type Schema, typeOf } from './schema-fields.ts'

/** What of the document is read here; it is made by the API from its own routes. */
export interface OpenApiDocument {
  info: { description?: string }
  servers?: { url: string }[]
  tags?: { name: string; description?: string }[]
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  example?: unknown
  schema?: Schema
}

export interface Reference {
  description: string
  topics: { name: string; description: string; operations: ShownOperation[] }[]
  shapes: { name: string; description: string; fields: Field[] }[]
}

export interface ShownOperation {
  /** For links inside the page. */
  anchor: string
  method: string
  path: string
  summary: string
  description: string
  parameters: Field[]
  body: Field[]
  responses: { status: string; description: string; shape: string | null }[]
  /** A command that works as it stands. */
  example: string
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

export function referenceOf(document: OpenApiDocument): Reference {
  const base = document.servers?.[0]?.url ?? ''
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, byMethod]) =>
    methods.flatMap((method) => {
      const operation = byMethod[method]
      return operation
        ? [{ tag: operation.tags?.[0] ?? '', shown: shownOf(method, path, operation, document, base) }]
        : []
    }),
  )
  const tags = document.tags ?? []
  const names = new Set([...tags.map((tag) => tag.name), ...operations.map((one) => one.tag)])
  return {
    description: document.info.description ?? '',
    topics: [...names]
      .map((name) => ({
        name,
        description: tags.find((tag) => tag.name === name)?.description ?? '',
        operations: operations.filter((one) => one.tag === name).map((one) => one.shown),
      }))
      .filter((topic) => topic.operations.length > 0),
    shapes: Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({
      name,
      description: schema.description ?? '',
      fields: fieldsOf(schema),
    })),
  }
}

function shownOf(
  method: string,
  path: string,
  operation: Operation,
  document: OpenApiDocument,
  base: string,
): ShownOperation {
  const body = resolved(operation.requestBody?.content?.['application/json']?.schema, document)
  return {
    anchor: `${method}-${path.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    parameters: (operation.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      type: typeOf(parameter.schema ?? {}),
      required: parameter.required === true,
      meaning: parameter.description ?? parameter.schema?.description ?? '',
    })),
    body: body === null ? [] : fieldsOf(body),
    responses: Object.entries(operation.responses ?? {}).map(([status, response]) => ({
      status,
      description: response.description ?? '',
      shape: shapeNameOf(Object.values(response.content ?? {})[0]?.schema),
    })),
    example: exampleOf(method, base + path, operation.parameters ?? [], body),
  }
}

function shapeNameOf(schema: Schema | undefined): string | null {
  return schema?.$ref?.split('/').at(-1) ?? null
}

function resolved(schema: Schema | undefined, document: OpenApiDocument): Schema | null {
  const name = shapeNameOf(schema)
  return (name === null ? schema : document.components?.schemas?.[name]) ?? null
}

/** Values for what has no example of its own. */
const samples: Record<string, string> = {
  q: 'The Great Wall of China can be seen from the Moon',
  text: 'The Great Wall of China can be seen from the Moon',
  query: 'great wall',
  id: '01h00000000000000000000000',
}

function exampleOf(method: string, url: string, parameters: Parameter[], body: Schema | null): string {
  const given = (parameter: Parameter) =>
    String(parameter.example ?? parameter.schema?.example ?? samples[parameter.name] ?? '')
  const address = parameters
    .filter((one) => one.in === 'path')
    .reduce((so, one) => so.replace(`{${one.name}}`, encodeURIComponent(given(one))), url)
  const asked = parameters.filter((one) => one.in === 'query' && (one.required || one.name in samples))
  const query = asked.map((one) => ` \\\n  --data-urlencode ${quoted(`${one.name}=${given(one)}`)}`).join('')
  if (method === 'get')
    return query === '' ? `curl ${quoted(address)}` : `curl --get ${quoted(address)}${query}`
  const fields = Object.fromEntries((body?.required ?? []).map((name) => [name, samples[name] ?? '']))
  return `curl ${quoted(address)} \\\n  --json ${quoted(JSON.stringify(fields))}`
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
