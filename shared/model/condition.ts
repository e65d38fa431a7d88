import * as v from 'valibot'
import { saying, type Label } from '../told.ts'
import { detectedProtocols } from './client-protocol.ts'
import { timeSchema } from './condition-time.ts'
import { destinationEntry, isAllowedDestination } from './destination.ts'
import { booleanField, idSchema, listField, nameField, networkSchema } from './fields.ts'
import { routeSchema, type Route } from './route.ts'

// "If … then this route": what a connection must be for a route of its own. All that a condition names must hold; of an
// entry's alternatives, one. The first condition that holds decides.

const mostEntries = 1000

function entriesOf<const S extends v.GenericSchema>(label: Label, entry: S) {
  return v.optional(listField(label, entry, mostEntries), [])
}

/** A port, `443`, or a range of them, `8000-8099`; the output is canonical text. */
const portEntry = v.pipe(
  v.union([v.string(), v.number()], saying('Port must be a number, or a range like "8000-8099"')),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const range = parsePortRange(String(dataset.value))
    if (range) return range.from === range.to ? String(range.from) : `${range.from}-${range.to}`
    addIssue({
      message: saying('Port "{text}" is not a port from 1 to 65535, or a range like 8000-8099', {
        text: dataset.value,
      }),
    })
    return NEVER
  }),
)

export interface PortRange {
  readonly from: number
  readonly to: number
}

export function parsePortRange(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?$/.exec(text.trim())
  if (!match) return undefined
  const from = Number(match[1])
  const to = Number(match[2] ?? match[1])
  return from >= 1 && to <= 65535 && from <= to ? { from, to } : undefined
}

export const detectedProtocolSchema = v.picklist(
  detectedProtocols,
  saying('Protocol must be one of {words}', {
    words: detectedProtocols.map((name) => `"${name}"`).join(', '),
  }),
)

export const conditionSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    name: v.optional(nameField('Name')),
    enabled: v.optional(booleanField('Enabled'), true),
    /** Addresses and networks of clients. Empty, as for the others: whatever it is. */
    client: entriesOf('Client', networkSchema),
    /** Names and patterns, which are compared with the name that was asked for; addresses and networks, with an address. */
    destination: entriesOf('Destination', destinationEntry('Destination')),
    port: entriesOf('Port', portEntry),
    /** What the client speaks by its first bytes. */
    protocol: entriesOf('Protocol', detectedProtocolSchema),
    time: v.optional(timeSchema),
    route: routeSchema,
  }),
  v.check(
    (condition) => matchersOf(condition).length > 0,
    saying(
      'Condition names nothing to look at, so it would always hold: give a client, destination, port, protocol or time',
    ),
  ),
)
export type Condition = v.InferOutput<typeof conditionSchema>
export type ConditionInput = v.InferInput<typeof conditionSchema>

/** What a condition can look at, in the order in which that is done: what costs the least, or must be waited for, last. */
export const matchers = ['client', 'destination', 'port', 'time', 'protocol'] as const
export type Matcher = (typeof matchers)[number]

export const mostConditions = 200

export const conditionsField = v.optional(listField('Conditions', conditionSchema, mostConditions), [])

/** The fields that a condition looks at; structural, because the schema itself asks. */
interface Matching extends Readonly<Record<Exclude<Matcher, 'time'>, readonly unknown[]>> {
  readonly time?: unknown
}

/** What this condition looks at. */
export function matchersOf(condition: Matching): Matcher[] {
  return matchers.filter((matcher) =>
    matcher === 'time' ? condition.time !== undefined : condition[matcher].length > 0,
  )
}

/** Whether a condition can hold for connections to a destination, whoever they come from. */
export function canHoldFor({ enabled, destination, port }: Condition, host: string, number: number): boolean {
  if (!enabled || !isAllowedDestination(destination, host)) return false
  return (
    port.length === 0 ||
    port.some((text) => {
      const range = parsePortRange(text)
      return range !== undefined && number >= range.from && number <= range.to
    })
  )
}

/** The same conditions with other routes. */
export function mapConditions(
  conditions: readonly Condition[],
  change: (route: Route) => Route,
): Condition[] {
  return conditions.map((condition) => ({ ...condition, route: change(condition.route) }))
}
