import { describe, expect, test } from 'vitest'
import { type OpenApiDocument, referenceOf } from './reference.ts'

const document: OpenApiDocument = {
  info: { description: 'All of it.' },
  servers: [{ url: 'https://assay.example' }],
  tags: [{ name: 'Answers', description: 'Ask.' }],
  paths: {
    '/api/v1/answers': {
      post: {
        summary: 'Answer a message',
        tags: ['Answers'],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Message' } } },
        },
        responses: {
          200: {
            description: 'The answer.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } },
          },
        },
      },
    },
    '/api/v1/things/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: "it's" },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
        ],
      },
    },
  },
  components: {
    schemas: {
      Message: {
        type: 'object',
        required: ['text'],
        properties: {
          text: { type: 'string', description: 'The message.' },
          links: { type: 'array', items: { type: 'string' } },
        },
      },
      Answer: {
        type: 'object',
        properties: {
          matches: {
            type: 'array',
            items: {
              type: 'object',
              properties: { confidence: { type: ['number', 'null'] }, kind: { enum: ['a', 'b'] } },
            },
          },
        },
      },
    },
  },
}

describe('the reference made of an OpenAPI document', () => {
  const reference = referenceOf(document)
  const [post, get] = reference.topics.flatMap((topic) => topic.operations)

  test('shows each operation with a command that can be pasted', () => {
    expect(post?.example).toBe(
      `curl 'https://assay.example/api/v1/answers' \\\n  --json '{"text":"The Great Wall of China can be seen from the Moon"}'`,
    )
    expect(get?.example).toMatch(
      /^curl --get 'https:\/\/assay\.example\/api\/v1\/things\/it'\\''s' \\\n {2}--data-urlencode 'q=The Great/,
    )
  })

  test('resolves the body to its fields, and names the shape of an answer', () => {
    expect(post?.body).toEqual([
      { name: 'text', type: 'string', required: true, meaning: 'The message.' },
      { name: 'links', type: 'string[]', required: false, meaning: '' },
    ])
    expect(post?.responses).toEqual([{ status: '200', description: 'The answer.', shape: 'Answer' }])
  })

  test('lays nested shapes flat', () => {
    const fields = reference.shapes.find((shape) => shape.name === 'Answer')?.fields
    expect(fields?.map(({ name, type }) => [name, type])).toEqual([
      ['matches', 'object[]'],
      ['matches[].confidence', 'number | null'],
      ['matches[].kind', '"a" | "b"'],
    ])
  })

  test('an empty document is an empty reference', () => {
    expect(referenceOf({ info: {} })).toEqual({ description: '', topics: [], shapes: [] })
  })
})
