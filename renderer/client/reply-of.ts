import type { CallName, CallOutput, Refusal, Reply } from '../../shared/contract.ts'
import { say, type Said } from '../../shared/told.ts'

/** The reply of a carrier; where the call never reached the app, or its answer never came back, one that says so. */
export async function replyOf<N extends CallName>(
  carry: () => Promise<unknown>,
): Promise<Reply<CallOutput<N>>> {
  try {
    return (await carry()) as Reply<CallOutput<N>>
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return noAnswer(
      say('Nexthop did not answer ({why}): check that it is still running, then try again', {
        why: { message: why },
      }),
    )
  }
}

/** For a call that the app knows nothing of. */
export function noAnswer(said: Said): Refusal {
  return { ok: false, code: 'internal', message: said.message, failure: { code: 'internal', ...said } }
}
