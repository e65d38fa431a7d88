import type { Socket } from 'node:net'
import { NexthopError, type Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { describeHop } from '../dial/describe-hop.ts'
import { SocksReplyReader, type ReplyStep } from '../dial/socks-reply-reader.ts'
import { readUntil } from './exchange.ts'

// The `socks` package always asks for a destination. Whether a hop speaks SOCKS and takes our login can be found out
// without one, so this sends the first messages alone.

/**
 * Greets a hop and logs in, without asking for a destination. SOCKS4 has no greeting: there, a request for a port
 * of the hop's own loopback on which nothing listens must be answered, whatever the answer says.
 * Rejects with a NexthopError.
 */
export async function greet(socket: Socket, hop: NextHop, onStep: (step: ReplyStep) => void): Promise<void> {
  const hasLogin = hop.version === '5' && Boolean(hop.user ?? hop.password)
  const reader = new SocksReplyReader(hop.version, hasLogin)
  onStep(reader.step)
  socket.write(hop.version === '5' ? greeting(hasLogin) : socks4Request(hop))
  const result = await readUntil(socket, hop.handshakeTimeoutMs, (chunk) => {
    const progress = reader.read(chunk)
    if (progress.kind === 'waiting') return undefined
    if (progress.kind !== 'frame' || progress.next !== 'authenticate') return progress
    onStep('authenticate')
    socket.write(login(hop))
    return undefined
  })
  const failure = typeof result === 'string' ? endFailure(result, reader, hop) : failureIn(result)
  if (failure) throw new NexthopError({ stage: reader.step, hop: describeHop(hop), ...failure })
}

type PartialFailure = Pick<Failure, 'code'> & Partial<Failure>

function failureIn(progress: ReturnType<SocksReplyReader['read']>): PartialFailure | undefined {
  if (progress.kind !== 'failed') return undefined
  const { failure } = progress
  // That the loopback port refused is the answer that was hoped for.
  return failure.reply?.version === 4 && failure.code === 'hop-refused' ? undefined : failure
}

function endFailure(end: string, reader: SocksReplyReader, hop: NextHop): PartialFailure {
  if (end === 'timed-out') return { code: 'timeout', stage: 'greet', afterMs: hop.handshakeTimeoutMs }
  if (reader.isSilent && end === 'ended') return { code: 'hop-not-socks', looksLike: 'silence' }
  if (reader.step === 'authenticate') return { code: 'hop-auth-failed', login: 'refused' }
  return { code: 'hop-unreachable', errno: end === 'reset' ? 'ECONNRESET' : 'EOF' }
}

/** RFC 1928 section 3: VER, NMETHODS, METHODS. */
function greeting(hasLogin: boolean): Buffer {
  return Buffer.from(hasLogin ? [5, 2, 0, 2] : [5, 1, 0])
}

/** RFC 1929 section 2: VER, ULEN, UNAME, PLEN, PASSWD. */
function login({ user = '', password = '' }: NextHop): Buffer {
  const [name, secret] = [Buffer.from(user), Buffer.from(password)]
  return Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret])
}

/** CONNECT to 127.0.0.1:1, as the hop sees it. */
function socks4Request({ user = '' }: NextHop): Buffer {
  return Buffer.concat([Buffer.from([4, 1, 0, 1, 127, 0, 0, 1]), Buffer.from(user), Buffer.from([0])])
}
