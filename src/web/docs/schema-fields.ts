/** JSON Schemas as flat lists of fields, the way a person reads them. */

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  example?: unknown
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

export interface Field {
  /** From the top: `matches[].confidence`. */
  name: string
  type: string
  required: boolean
  meaning: string
}

/** Deeper fields are left to the OpenAPI document. */
const depthMax = 4

export function fieldsOf(schema: Schema, prefix = '', depth = 1): Field[] {
  const whole = schema.allOf === undefined ? schema : merged(schema.allOf)
  return Object.entries(whole.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`
    const required = whole.required?.includes(name) ?? false
    const field = { name: path, type: typeOf(property), required, meaning: property.description ?? '' }
    const inner = property.items ?? property
    if (inner.properties === undefined || depth >= depthMax) return [field]
    return [field, ...fieldsOf(inner, `${path}${property.items ? '[]' : ''}.`, depth + 1)]
  })
}

function merged(schemas: Schema[]): Schema {
  return {
    properties: Object.assign({}, ...schemas.map((one) => one.properties ?? {})),
    required: schemas.flatMap((one) => one.required ?? []),
  }
}

export function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(typeOf).join(' | ')
  const types = [schema.type ?? 'object'].flat()
  return types.map((type) => (type === 'array' ? `${typeOf(schema.items ?? {})}[]` : type)).join(' | ')
}
