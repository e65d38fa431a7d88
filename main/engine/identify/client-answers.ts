import type { Failure } from '../../../shared/errors.ts'
import type { ReportSubject } from '../../../shared/texts/client-report.ts'
import { httpResponse } from '../answer/http.ts'
import type { RequestHead } from '../http/http-head.ts'
import { socks4Codes, socks4Reply, socks5Codes, socks5Method, socks5Reply } from './socks-request.ts'

/** What a client is told that waits for an answer, in its own protocol. */
export interface ClientAnswers {
  /** As it stands in the trace. */
  readonly protocol: string
  /** The way is open; nothing where the destination itself answers. */
  readonly connected: Buffer
  failed(subject: ReportSubject): Buffer
}

const nothing = Buffer.alloc(0)

/** @param refusal the code for a request that can't be carried out, whatever becomes of it */
export function socks5Answers(refusal?: number): ClientAnswers {
  return {
    protocol: 'SOCKS5',
    connected: socks5Reply(socks5Codes.granted),
    failed: ({ failure }) => socks5Reply(refusal ?? socks5Code(failure)),
  }
}

/** For a SOCKS5 client that goes nowhere without a login: no method is acceptable. */
export function loginAnswers(): ClientAnswers {
  return { protocol: 'SOCKS5', connected: nothing, failed: () => socks5Method(false) }
}

/** SOCKS4 has one code for all failures. */
export function socks4Answers(): ClientAnswers {
  return {
    protocol: 'SOCKS4',
    connected: socks4Reply(socks4Codes.granted),
    failed: () => socks4Reply(socks4Codes.failed),
  }
}

/** For CONNECT, RFC 9110 section 9.3.6. */
export function tunnelAnswers(head: RequestHead): ClientAnswers {
  return { ...httpAnswers(head), connected: Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n') }
}

/** For other HTTP requests, which the server itself answers; `head` where it could be read. */
export function httpAnswers(head?: RequestHead): ClientAnswers {
  return {
    protocol: 'HTTP/1',
    connected: nothing,
    failed: (subject) => Buffer.from(httpResponse(subject, head)),
  }
}

/** RFC 1928 section 6: what the hop said, where it said so in the same words, else the nearest. */
export function socks5Code({ code, reply }: Failure): number {
  if (reply?.version === 5 && reply.code >= socks5Codes.failed && reply.code <= socks5Codes.addressUnknown) {
    return reply.code
  }
  switch (code) {
    case 'target-refused':
      return socks5Codes.refused
    case 'target-unreachable':
    case 'name-not-found':
      return socks5Codes.hostUnreachable
    case 'timeout':
      return socks5Codes.expired
    case 'blocked':
    case 'loop':
      return socks5Codes.forbidden
    default:
      return socks5Codes.failed
  }
}
