import type { CallName, CallOutput, Reply } from '../../shared/contract.ts'

/** The reply of a carrier; where the call never reached the app, or its answer never came back, one that says so. */
export async function replyOf<N extends CallName>(
  carry: () => Promise<unknown>,
): Promise<Reply<CallOutput<N>>> {
  try {
    return (await carry()) as Reply<CallOutput<N>>
  } catch (error) {
    return noAnswer(error instanceof Error ? error.message : String(error))
  }
}

function noAnswer(why: string): Extract<Reply<never>, { ok: false }> {
  const message = `Nexthop did not answer (${why}): check that it is still running, then try again`
  return { ok: false, code: 'internal', message, failure: { code: 'internal', message } }
}
