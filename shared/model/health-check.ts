import * as v from 'valibot'
import { saying } from '../told.ts'
import { choiceField, hostField, integerField, portField } from './fields.ts'

// Whether a next hop is asked in the background how it is, so that its loss is known before a connection meets it.

export const healthCheckKinds = ['off', 'tcp', 'handshake', 'target'] as const
export const healthCheckKindSchema = choiceField('Health check', healthCheckKinds)
export type HealthCheckKind = v.InferOutput<typeof healthCheckKindSchema>

export const healthCheckDefaults = { intervalMs: 10_000, rise: 2, fall: 3 } as const

export const healthCheckSchema = v.pipe(
  v.strictObject(
    {
      /** How far a check goes: it connects, greets and logs in, or lets the hop connect to the target. */
      kind: v.optional(healthCheckKindSchema, 'off'),
      /** Of kind "target": what the hop is asked for. */
      target: v.optional(
        v.strictObject(
          { host: hostField('Health check target'), port: portField('Health check target port') },
          saying('Health check target must be {"host": "…", "port": …}'),
        ),
      ),
      /** From the end of a check to the start of the next. */
      intervalMs: v.optional(
        integerField('Health check interval', 500, 3_600_000, 'ms'),
        healthCheckDefaults.intervalMs,
      ),
      /** Checks in a row that must succeed before a hop that was down counts as up. */
      rise: v.optional(integerField('Checks until up', 1, 100), healthCheckDefaults.rise),
      /** Checks in a row that must fail before a hop counts as down. */
      fall: v.optional(integerField('Checks until down', 1, 100), healthCheckDefaults.fall),
    },
    saying('{label} must be an object', { label: 'Health check' }),
  ),
  v.forward(
    v.partialCheck(
      [['kind'], ['target']],
      ({ kind, target }) => kind !== 'target' || target !== undefined,
      saying('Health check target is missing: say which host and port the hop is asked for'),
    ),
    ['target'],
  ),
)
export type HealthCheck = v.InferOutput<typeof healthCheckSchema>
