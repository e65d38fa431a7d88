import type { ClientProtocol } from '../../../shared/model/client-protocol.ts'
import { detectProtocol } from '../identify/detect-protocol.ts'
import type { Answer } from './answer.ts'
import { answerHttp } from './http.ts'
import { answerHttp2 } from './http2.ts'
import { answerFtp, answerImap, answerPop3, answerRedis, answerSmtp } from './line-answers.ts'
import { answerMysql } from './mysql.ts'
import { answerPostgres } from './postgres.ts'
import { answerSsh } from './ssh.ts'
import { answerTls } from './tls.ts'

export interface NamedAnswer {
  /** As it stands in the trace. */
  readonly protocol: string
  readonly answer: Answer
}

/** SOCKS clients are answered where their request is read. */
const byProtocol: Readonly<Partial<Record<ClientProtocol, NamedAnswer>>> = {
  http: { protocol: 'HTTP/1', answer: answerHttp },
  http2: { protocol: 'HTTP/2', answer: answerHttp2 },
  tls: { protocol: 'TLS', answer: answerTls },
  ssh: { protocol: 'SSH', answer: answerSsh },
  postgres: { protocol: 'PostgreSQL', answer: answerPostgres },
  redis: { protocol: 'Redis', answer: answerRedis },
}

/** Protocols in which the server speaks first, by the usual ports of their destinations. */
const byPort: Readonly<Record<number, NamedAnswer>> = {
  21: { protocol: 'FTP', answer: answerFtp },
  22: { protocol: 'SSH', answer: answerSsh },
  25: { protocol: 'SMTP', answer: answerSmtp },
  110: { protocol: 'POP3', answer: answerPop3 },
  143: { protocol: 'IMAP', answer: answerImap },
  587: { protocol: 'SMTP', answer: answerSmtp },
  3306: { protocol: 'MySQL', answer: answerMysql },
}

/** True where the client waits for the server's first word. */
export function speaksServerFirst(port: number): boolean {
  return byPort[port] !== undefined
}

/**
 * The answer that a client understands, told by its first bytes, or by the destination's port where it said nothing;
 * undefined where there is none, "more" where it can still be told.
 */
export function chooseAnswer(heard: Buffer, port: number): NamedAnswer | 'more' | undefined {
  if (heard.length === 0) return byPort[port]
  const detected = detectProtocol(heard)
  if (detected === 'more') return 'more'
  return detected === 'unknown' ? undefined : byProtocol[detected]
}
