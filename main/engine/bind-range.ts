import type { Server } from 'node:net'
import type { Listen } from '../../shared/model/port-rule.ts'
import { bind, type BindResult } from './bind.ts'
import type { PortUse } from './sharing.ts'

/**
 * Makes servers listen on ports next to each other, from the one in `listen`: on all of them, or on none. Never rejects.
 * The address is that of the first.
 */
export async function bindRange(
  servers: readonly Server[],
  listen: Listen,
  use: PortUse,
): Promise<BindResult> {
  const results = await Promise.all(
    servers.map((server, offset) =>
      bind(
        server,
        listen.kind === 'tcp' && offset > 0 ? { ...listen, port: listen.port + offset } : listen,
        use,
      ),
    ),
  )
  const bound = results.filter((result) => result.ok)
  const close = () => {
    for (const result of bound) result.close()
  }
  const failed = results.find((result) => !result.ok)
  if (failed) close()
  const [first] = bound
  if (!failed && first) return { ...first, close }
  return failed ?? { ok: false, failure: { code: 'internal', message: 'there is no port to listen on' } }
}
