import { connect as tlsConnect } from 'node:tls'
import type { LooksLike } from '../../../shared/errors.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { NextHop, SocksVersion } from '../../../shared/model/next-hop.ts'
import { tcpConnect } from '../dial/tcp-connect.ts'
import { readUntil } from './exchange.ts'
import { greet } from './greeting.ts'
import { isHttpProxy } from './is-http-proxy.ts'

const timeoutMs = 3000
/** How long the others may take once one has answered. */
const graceMs = 500

type Kind = 'socks5' | 'socks4' | 'tls' | 'http'

const probes: Readonly<Record<Kind, (hop: NextHop, signal: AbortSignal) => Promise<boolean>>> = {
  socks5: (hop, signal) => speaksSocks(hop, '5', signal),
  socks4: (hop, signal) => speaksSocks(hop, '4', signal),
  tls: isTls,
  http: isHttp,
}

/**
 * Asks a port that did not answer as expected what it is. Undefined where it can't be told, or where it is what it was
 * asked as: many a port speaks several protocols. Never rejects.
 */
export async function recognisePort(hop: NextHop, signal: AbortSignal): Promise<LooksLike | undefined> {
  const asked = kindOf(hop)
  const kinds = new Set<Kind>([asked, 'socks5', 'socks4', 'tls', 'http'])
  const found = await mostSpecific(
    [...kinds].map(async (kind) => ((await probes[kind](hop, signal)) ? kind : undefined)),
  )
  const looksLike = found === 'http' ? await kindOfHttp(hop, signal) : found
  return looksLike === asked ? undefined : looksLike
}

function kindOf({ protocol, version }: NextHop): Kind {
  if (protocol === 'http') return 'http'
  return version === '5' ? 'socks5' : 'socks4'
}

/** What answers in HTTP: a mere web server, where that is certain. */
export async function kindOfHttp(hop: NextHop, signal: AbortSignal): Promise<'http' | 'web-server'> {
  return (await isHttpProxy(hop, signal, graceMs)) === false ? 'web-server' : 'http'
}

/** The first of the probes, in their order, that found something; slower ones are not waited for much longer. */
function mostSpecific<T>(probes: readonly Promise<T | undefined>[]): Promise<T | undefined> {
  return new Promise((resolve) => {
    const found: (T | undefined)[] = probes.map(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const finish = () => {
      clearTimeout(timer)
      resolve(found.find((result) => result !== undefined))
    }
    probes.forEach((probe, index) => {
      void probe.then((result) => {
        found[index] = result
        if (result !== undefined) timer ??= setTimeout(finish, graceMs)
      })
    })
    void Promise.all(probes).then(finish)
  })
}

const untold = { onStep: () => undefined, onAnswer: () => undefined }

async function speaksSocks(hop: NextHop, version: SocksVersion, signal: AbortSignal): Promise<boolean> {
  const { password: _password, ...rest } = hop
  const candidate = version === '5' ? { ...hop, version } : { ...rest, version }
  try {
    const socket = await tcpConnect(hop, { timeoutMs, signal })
    const patient = { ...candidate, handshakeTimeoutMs: timeoutMs }
    await greet(socket, patient, untold, signal).finally(() => socket.destroy())
    return true
  } catch (error) {
    // A refused login is SOCKS too.
    return (error as { failure?: { code?: string } }).failure?.code === 'hop-auth-failed'
  }
}

/** True where the port answers a TLS greeting with TLS: a handshake, or an alert. */
function isTls({ host, port }: Endpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tlsConnect({ host, port, rejectUnauthorized: false, timeout: timeoutMs })
    const answer = (isTls: boolean) => {
      socket.destroy()
      resolve(isTls)
    }
    socket.once('secureConnect', () => answer(true))
    socket.once('timeout', () => answer(false))
    // OpenSSL's errors that name an alert or a protocol version were caused by a TLS record of the other side.
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      answer(/ALERT|TLSV1|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/.test(code ?? ''))
    })
    socket.once('close', () => answer(false))
  })
}

async function isHttp(hop: Endpoint, signal: AbortSignal): Promise<boolean> {
  try {
    const socket = await tcpConnect(hop, { timeoutMs, signal })
    socket.write('OPTIONS * HTTP/1.0\r\n\r\n')
    let seen = ''
    const result = await readUntil(socket, timeoutMs, (chunk) => {
      seen += chunk.toString('latin1')
      return seen.length >= 5 ? { isHttp: seen.startsWith('HTTP/') } : undefined
    })
    socket.destroy()
    return typeof result === 'object' && result.isHttp
  } catch {
    return false
  }
}
