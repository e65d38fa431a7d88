import * as v from 'valibot'
import type { Distinct } from './clashes.ts'
import { destinationSchema } from './destination.ts'
import { idSchema, nameField } from './fields.ts'
import { listenSchema } from './port-rule.ts'
import { unread, type References } from './references.ts'
import { routeSchema, type Route } from './route.ts'

const listSchema = v.fallback(v.array(v.unknown()), [])
const anyIdSchema = v.fallback(idSchema, unread)
const anyNameSchema = v.fallback(nameField('Name'), unread)
const fieldsSchema = v.fallback(v.record(v.string(), v.unknown()), {})
/** Where it can't be told whether a rule is on, it is taken for off. */
const enabledSchema = v.fallback(v.optional(v.boolean(), true), false)
/** One port at least is listened on, whatever the destination. */
const anyDestinationSchema = v.fallback(destinationSchema, { kind: 'header', allowed: [] })

const anyListenSchema = v.fallback(v.optional(listenSchema), undefined)
const leadsNowhere: Route = { kind: 'block' }
const anyRouteSchema = v.fallback(routeSchema, leadsNowhere)

/**
 * What the parts of a config say of each other, as far as that can be read where other fields have mistakes. All keep
 * their places; what can't be read is told as a mistake of its own.
 */
export function readParts(document: Readonly<Record<string, unknown>>): References & Distinct {
  const { hops = [], lists = [] } = document
  // Without the one or the other nothing can be said of who is missing.
  const isComplete = Array.isArray(hops) && Array.isArray(lists)
  const routeOf = ({ route }: Fields) => (isComplete ? v.parse(anyRouteSchema, route) : leadsNowhere)
  const conditionsOf = ({ conditions }: Fields) =>
    partsIn(conditions).map((fields) => ({ ...known(fields), route: routeOf(fields) }))
  return {
    hops: partsIn(hops).map(named),
    lists: partsIn(lists).map((list) => ({
      ...named(list),
      hopIds: isComplete ? v.parse(listSchema, list['hopIds']).map((id) => v.parse(anyIdSchema, id)) : [],
    })),
    rules: partsIn(document['rules']).map((rule) => ({
      ...named(rule),
      route: routeOf(rule),
      enabled: v.parse(enabledSchema, rule['enabled']),
      listen: v.parse(anyListenSchema, rule['listen']),
      destination: v.parse(anyDestinationSchema, rule['destination']),
      conditions: conditionsOf(rule),
    })),
    profiles: partsIn(document['profiles']).map(named),
    conditions: conditionsOf(document),
  }
}

type Fields = Readonly<Record<string, unknown>>

function partsIn(list: unknown): Fields[] {
  return v.parse(listSchema, list).map((part) => v.parse(fieldsSchema, part))
}

function known({ id }: Fields) {
  return { id: v.parse(anyIdSchema, id) }
}

function named(fields: Fields) {
  return { ...known(fields), name: v.parse(anyNameSchema, fields['name']) }
}
