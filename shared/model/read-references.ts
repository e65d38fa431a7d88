import * as v from 'valibot'
import { idSchema } from './fields.ts'
import type { References } from './references.ts'
import { routeSchema } from './route.ts'

const listSchema = v.fallback(v.array(v.unknown()), [])
/** What is no id names nothing; it is told as a mistake of its own. */
const noId = ''
const anyIdSchema = v.fallback(idSchema, noId)
const fieldsSchema = v.fallback(v.record(v.string(), v.unknown()), {})

/** The same for routes. */
const noRoute = { kind: 'block' } as const

/**
 * Whom the parts of a config name, as far as that can be read where other fields have mistakes. Lists, rules and
 * conditions keep their places.
 */
export function readReferences(document: Readonly<Record<string, unknown>>): References {
  const { hops = [], lists = [] } = document
  // Without the one or the other nothing can be said of who is missing.
  if (!Array.isArray(hops) || !Array.isArray(lists)) return { hops: [], lists: [], rules: [], conditions: [] }
  return {
    hops: [{ id: noId }, ...partsIn(hops).map(idOf)],
    lists: partsIn(lists).map((list) => ({
      ...idOf(list),
      hopIds: v.parse(listSchema, list['hopIds']).map((id) => v.parse(anyIdSchema, id)),
    })),
    rules: partsIn(document['rules']).map((rule) => ({
      ...routeOf(rule),
      conditions: partsIn(rule['conditions']).map(routeOf),
    })),
    conditions: partsIn(document['conditions']).map(routeOf),
  }
}

type Fields = Readonly<Record<string, unknown>>

function partsIn(list: unknown): Fields[] {
  return v.parse(listSchema, list).map((part) => v.parse(fieldsSchema, part))
}

function idOf({ id }: Fields) {
  return { id: v.parse(anyIdSchema, id) }
}

function routeOf({ route }: Fields) {
  const parsed = v.safeParse(routeSchema, route)
  return { route: parsed.success ? parsed.output : noRoute }
}
