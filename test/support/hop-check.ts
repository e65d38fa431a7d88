import { checkHop } from '../../main/engine/check/check-hop.ts'
import type { NextHop, NextHopInput } from '../../shared/model/next-hop.ts'
import type { StageRecord } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { makeConfig, makeHop } from './config.ts'
import { managed } from './managed.ts'
import type { SocksScript } from './socks-script.ts'
import { startSocksServer } from './socks-server.ts'

export const target = { host: 'db.internal', port: 5432 }

export function hopOf(fields: Partial<NextHopInput> & { readonly port: number }): NextHop {
  const [hop] = makeConfig({ hops: [makeHop({ handshakeTimeoutMs: 400, ...fields })] }).hops
  if (!hop) throw new Error('no hop')
  return hop
}

/** A check of a hop; the verdict in words, with the port of the test taken out. */
export async function check(hop: NextHop, to: typeof target | null = target) {
  const progress: (readonly StageRecord[])[] = []
  const report = await checkHop(
    to ? { hop, target: to } : { hop },
    (stages) => progress.push(stages),
    new AbortController().signal,
    () => false,
  )
  const words = report.failure ? explainInFull(report.failure) : 'fine'
  return { report, progress, words: words.replaceAll(`:${hop.port})`, ':PORT)') }
}

/** The same, of a SOCKS server that follows a script. */
export async function checkScript(
  script: SocksScript,
  fields: Partial<NextHopInput> = {},
  to: typeof target | null = target,
) {
  const server = await managed(startSocksServer(script))
  return check(hopOf({ port: server.port, ...fields }), to)
}
