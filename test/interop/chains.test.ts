import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { noiseBuffer, noiseSha256, sha256 } from '../support/data.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { managed } from '../support/managed.ts'
import { startDante } from '../support/servers/dante.ts'
import { startMicrosocks } from '../support/servers/microsocks.ts'
import { startMortalProxy, type MortalProxy } from '../support/servers/mortal-proxy.ts'
import { startSshd, startSshDynamic, type SshServer } from '../support/servers/sshd.ts'
import { startSource } from '../support/targets.ts'
import { startTcpServer, type TcpServer } from '../support/tcp-server.ts'
import { describeWith } from '../support/tools.ts'

// Chains of real servers with their versions mixed; microsocks speaks SOCKS5 alone.

const bytes = 100_000_000

type Version = NonNullable<NextHopInput['version']>
type Name = 'dante' | 'microsocks' | 'ssh -D'
type Leg = readonly [Name, Version]

const three: readonly Leg[] = [
  ['dante', '5'],
  ['microsocks', '5'],
  ['ssh -D', '4a'],
]
const chains: readonly (readonly Leg[])[] = [
  [
    ['dante', '4'],
    ['microsocks', '5'],
  ],
  [
    ['microsocks', '5'],
    ['ssh -D', '4a'],
  ],
  [
    ['ssh -D', '4'],
    ['dante', '5'],
  ],
  three,
  [
    ['ssh -D', '4a'],
    ['dante', '4'],
    ['microsocks', '5'],
  ],
]
const describeLegs = (legs: readonly Leg[]) =>
  legs.map(([name, version]) => `${name} (${version})`).join(' → ')

describeWith(
  ['danted', 'microsocks', 'ssh', 'sshd', 'ssh-keygen'],
  'a chain of dante, microsocks and ssh -D',
  () => {
    let sshd: SshServer
    let servers: Record<Name, MortalProxy>
    beforeAll(async () => {
      sshd = await startSshd()
      servers = {
        dante: await startMortalProxy('dante', (port) => startDante({ port })),
        microsocks: await startMortalProxy('microsocks', (port) => startMicrosocks(undefined, port)),
        'ssh -D': await startMortalProxy('ssh -D', (port) => startSshDynamic(sshd, port)),
      }
    })
    afterAll(async () => {
      for (const server of Object.values(servers)) await server.close()
      await sshd.close()
    })

    function startChain(legs: readonly Leg[], to: number): Promise<TestEngine> {
      const hops = legs.map(([name, version]) =>
        makeHop({
          id: name.replace(/\W/g, ''),
          name,
          port: servers[name].port,
          version,
          connectTimeoutMs: 1000,
          handshakeTimeoutMs: 1000,
        }),
      )
      const route = { kind: 'chain' as const, hopIds: hops.map(({ id }) => id) }
      return managed(startEngine(makeConfig({ hops, rules: [makeRule({ to, route })] })))
    }

    // One direction after the other: microsocks waits for one to take what it has before it reads from the other.
    it.each(chains.map((legs) => [describeLegs(legs), legs] as const))(
      '%s carries 100 MB each way',
      async (_name, legs) => {
        const startedAt = performance.now()
        const source = await managed(startSource(bytes))
        const down = await (await startChain(legs, source.port)).connect()
        expect(await down.ending).toBe('end')
        expect(sha256(await down.takeRest())).toBe(noiseSha256(bytes))
        const sink = await managed(startHashOf(bytes))
        const engine = await startChain(legs, sink.port)
        const up = await engine.connect()
        up.socket.write(noiseBuffer(bytes))
        expect(await up.ending).toBe('end')
        expect((await up.takeRest()).toString()).toBe(noiseSha256(bytes))
        expect(engine.failures).toEqual([])
        const seconds = (performance.now() - startedAt) / 1000
        if (process.env['ROUTING_FIGURES']) console.log(`${describeLegs(legs)}: ${seconds.toFixed(1)} s`)
      },
    )

    const broken = three.flatMap(([name], index) =>
      (['die', 'hang'] as const).map((trouble) => [index + 1, name, trouble] as const),
    )
    it.each(broken)('names leg %i when %s does %s', async (leg, name, trouble) => {
      const server = servers[name]
      onTestFinished(() => server.comeBack())
      await server[trouble]()
      const engine = await startChain(three, 9)
      await (
        await engine.connect()
      ).ending
      const failure = await engine.failure()
      expect(failure).toMatchObject({ hop: { name }, leg: { number: leg, of: 3 } })
      const before = three[leg - 2]?.[0]
      const sentence = explainInFull(failure)
      expect(sentence).toContain(`leg ${leg} of 3 of the chain`)
      if (trouble === 'die' && before !== undefined) {
        expect(failure).toMatchObject({ code: 'hop-unreachable', through: { name: before } })
        expect(sentence).toContain(
          `"${name}" (127.0.0.1:${server.port}) could not be reached through the next hop "${before}"`,
        )
      }
      if (process.env['ROUTING_FIGURES']) console.log(`${leg}, ${name}: ${trouble}: ${sentence}`)
    })
  },
)

/** Answers so many bytes with their SHA-256 in hex, and ends: not every proxy passes on that a client has ended. */
function startHashOf(expected: number): Promise<TcpServer> {
  return startTcpServer(
    ({ socket }) => {
      const hash = createHash('sha256')
      let got = 0
      socket.on('data', (chunk: Buffer) => {
        hash.update(chunk)
        got += chunk.length
        if (got >= expected) socket.end(hash.digest('hex'))
      })
      socket.resume()
    },
    { reading: false },
  )
}
