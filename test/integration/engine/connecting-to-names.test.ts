import type { LookupAddress } from 'node:dns'
import { isIPv6, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ConnectObserver } from '../../../main/engine/dial/connect-address.ts'
import { Names } from '../../../main/engine/dial/names.ts'
import { connectHop } from '../../../main/engine/dial/open-hop.ts'
import { isOwnFault } from '../../../main/engine/dial/own-fault.ts'
import { resolveTarget } from '../../../main/engine/dial/resolve.ts'
import { tcpConnect } from '../../../main/engine/dial/tcp-connect.ts'
import { toFailure, type Failure } from '../../../shared/errors.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { startMuteListener } from '../../support/mute-listener.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const isLinux = process.platform === 'linux'
const { signal } = new AbortController()

/** Connects to a name with these addresses, and takes down what its observer is told. */
function connectToName(
  addresses: readonly string[],
  port: number,
  { timeoutMs = 10_000, signal: own = signal } = {},
) {
  const told: string[] = []
  const observer: ConnectObserver = {
    resolved: (address) => told.push(`resolved ${address}`),
    trying: (address) => told.push(`trying ${address}`),
    failed: ({ address, errno }) => told.push(`failed ${address} ${errno ?? 'too slow'}`),
    connected: ({ remoteAddress }) => told.push(`connected ${remoteAddress}`),
  }
  const found = addresses.map((address): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 }))
  const options = { timeoutMs, signal: own, observer }
  const connecting = tcpConnect({ host: 'hop.test', port }, options, async () => found)
  connecting.catch(() => undefined)
  return { told, connecting, tried: () => told.filter((line) => line.startsWith('trying')) }
}

function addressOf(socket: Socket): string | undefined {
  const { remoteAddress } = socket
  socket.destroy()
  return remoteAddress
}

describe('a name with several addresses', () => {
  it.skipIf(!isLinux)('is reached by a slow one, where the ones after it are dead', async () => {
    const slow = await managed(startMuteListener())
    const { told, connecting, tried } = connectToName(['127.0.0.1', '127.0.0.2'], slow.port)
    await until('the second one has failed', () => told.includes('failed 127.0.0.2 ECONNREFUSED'))
    slow.wake()
    expect(addressOf(await connecting)).toBe('127.0.0.1')
    expect(tried()).toHaveLength(2)
    expect(told.at(-1)).toBe('connected 127.0.0.1')
  })

  it.skipIf(!isLinux)(
    'is reached by the next one, where the first is silent, of which nothing is told',
    async () => {
      const silent = await managed(startMuteListener())
      const live = await managed(startTcpServer(undefined, { host: '127.0.0.2', port: silent.port }))
      const { told, connecting } = connectToName(['127.0.0.1', '127.0.0.2'], live.port)
      expect(addressOf(await connecting)).toBe('127.0.0.2')
      expect(told).toEqual([
        'resolved 127.0.0.1',
        'resolved 127.0.0.2',
        'trying 127.0.0.1',
        'trying 127.0.0.2',
        'connected 127.0.0.2',
      ])
    },
  )

  it('is tried on at once where one refuses', async () => {
    const live = await managed(startTcpServer())
    const { told, connecting } = connectToName(['127.0.0.2', '127.0.0.1', '127.0.0.3'], live.port)
    expect(addressOf(await connecting)).toBe('127.0.0.1')
    expect(told.slice(3)).toEqual([
      'trying 127.0.0.2',
      'failed 127.0.0.2 ECONNREFUSED',
      'trying 127.0.0.1',
      'connected 127.0.0.1',
    ])
  })

  it.skipIf(!isLinux).each([
    ['first', ['ff02::1', '127.0.0.1']],
    ['last', ['127.0.0.1', 'ff02::1']],
  ])(
    'fails with what its host said, where this machine has no way to the %s one',
    async (_which, addresses) => {
      const gone = await startTcpServer()
      await gone.close()
      // TCP to a multicast address: ENETUNREACH, as from a machine without IPv6.
      const { connecting, tried } = connectToName(addresses, gone.port)
      await expect(connecting).rejects.toMatchObject({ errno: 'ECONNREFUSED' })
      expect(tried()).toHaveLength(2)
    },
  )

  it.skipIf(!isLinux)('fails with this machine’s own fault, where it has no way to any', async () => {
    const { connecting } = connectToName(['ff02::1', 'ff02::2'], 9)
    await expect(connecting).rejects.toMatchObject({ errno: 'ENETUNREACH' })
  })

  it('fails with the error of the first that failed', async () => {
    const gone = await startTcpServer()
    await gone.close()
    const { connecting, tried } = connectToName(['127.0.0.2', '127.0.0.1'], gone.port)
    await expect(connecting).rejects.toMatchObject({ errno: 'ECONNREFUSED' })
    expect(tried()).toHaveLength(2)
  })

  it.skipIf(!isLinux)('has its families take turns, and ends in time', async () => {
    const silent = await managed(startMuteListener('0.0.0.0'))
    const addresses = ['127.0.0.1', '127.0.0.2', '::ffff:127.0.0.3', '::ffff:127.0.0.4']
    const { told, connecting, tried } = connectToName(addresses, silent.port, { timeoutMs: 1100 })
    await expect(connecting).rejects.toMatchObject({ errno: undefined })
    expect(tried()).toEqual(
      ['127.0.0.1', '::ffff:127.0.0.3', '127.0.0.2', '::ffff:127.0.0.4'].map(
        (address) => `trying ${address}`,
      ),
    )
    expect(told.filter((line) => line.endsWith('too slow'))).toHaveLength(4)
  })

  it.skipIf(!isLinux)('ends when it is broken off', async () => {
    const silent = await managed(startMuteListener('0.0.0.0'))
    const controller = new AbortController()
    const { connecting, tried } = connectToName(['127.0.0.1', '127.0.0.2'], silent.port, controller)
    await until('both are tried', () => tried().length === 2)
    controller.abort(new Error('the client left'))
    await expect(connecting).rejects.toThrow('the client left')
  })
})

it('localhost is not connected to where that was broken off before', async () => {
  const server = await managed(startTcpServer())
  const signal = AbortSignal.abort(new Error('the client left'))
  const connecting = tcpConnect({ host: 'localhost', port: server.port }, { timeoutMs: 1000, signal })
  await expect(connecting).rejects.toThrow('the client left')
})

describe('a name that nobody resolves', () => {
  const { lookUp } = new Names(4, () => new Promise(() => undefined))
  const [hop] = makeConfig({
    hops: [
      makeHop({ name: 'Office', host: 'hop.test', port: 1080, resolveAt: 'here', connectTimeoutMs: 100 }),
    ],
  }).hops
  if (!hop) throw new Error('there is a hop')

  async function failureOf(act: Promise<unknown>): Promise<Failure> {
    return act.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: unknown) => toFailure(error),
    )
  }

  it('is told as that of the hop, and not as a hop that does not answer', async () => {
    const failure = await failureOf(connectHop(hop, signal, {}, lookUp))
    expect(failure).toMatchObject({ code: 'name-not-found', stage: 'connect-hop', afterMs: 100 })
    expect(explainInFull(failure)).toBe(
      'The name of the next hop "Office" (hop.test:1080) was not resolved within 100 ms. ' +
        'Check this machine’s DNS, or give the hop’s address in place of its name.',
    )
  })

  it('is no fault of its hop where other names take up the threads', async () => {
    const { lookUp } = new Names(4, () => new Promise(() => undefined))
    for (const name of ['a.test', 'b.test']) {
      lookUp(name, { timeoutMs: 100, signal }).catch(() => undefined)
    }
    const failure = await failureOf(connectHop(hop, signal, {}, lookUp))
    expect(isOwnFault(failure)).toBe(true)
    expect(explainInFull(failure)).toContain('(hop.test:1080) was not resolved within 100 ms')
  })

  it('is told as that of the destination', async () => {
    const failure = await failureOf(resolveTarget(hop, { host: 'slow.test', port: 80 }, signal, lookUp))
    expect(failure).toMatchObject({ code: 'name-not-found', stage: 'resolve', afterMs: 100 })
    expect(explainInFull(failure)).toBe(
      'The name of slow.test:80 was not resolved on this machine within 100 ms. ' +
        'Check this machine’s DNS, or let the next hop resolve it (socks5h:// or socks4a://).',
    )
  })

  it('is not waited for any more when the connection ends', async () => {
    const controller = new AbortController()
    const resolving = resolveTarget(hop, { host: 'slow.test', port: 80 }, controller.signal, lookUp)
    controller.abort(new Error('the client left'))
    await expect(resolving).rejects.toThrow('the client left')
  })
})
