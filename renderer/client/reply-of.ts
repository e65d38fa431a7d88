import type { Reply } from '../../shared/contract.ts'

/** The reply to a call that never reached the app, or whose answer never came back. */
export function noAnswer(why: string): Extract<Reply<never>, { ok: false }> {
  const message = `Nexthop did not answer (${why}): check that it is still running, then try again`
  return { ok: false, code: 'internal', message, failure: { code: 'internal', message } }
}
