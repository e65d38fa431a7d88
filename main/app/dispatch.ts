import * as v from 'valibot'
import {
  contract,
  type CallName,
  type CallOutput,
  type CallParsed,
  type Reply,
} from '../../shared/contract.ts'
import { NexthopError, type Failure } from '../../shared/errors.ts'
import { toIssues } from '../../shared/model/issues.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { say } from '../../shared/told.ts'
import { InvalidError, summarize } from './invalid-error.ts'

/** One function per call of the contract; a missing one is a compile error. */
export type Handlers = {
  readonly [N in CallName]: (input: CallParsed<N>) => CallOutput<N> | Promise<CallOutput<N>>
}

/**
 * The only door: validates what came in, carries it out, and turns whatever is thrown into a reply. It never rejects.
 * `onInternal` gets the errors that nobody foresaw, which tell clients nothing but that they happened.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  raw: unknown,
  onInternal: (error: unknown, name: string) => void = () => undefined,
): Promise<Reply<unknown>> {
  if (!isCallName(name)) return refuse({ code: 'not-found', ...say('There is no such call') })
  const parsed = v.safeParse(contract[name].input, raw === undefined ? {} : raw)
  if (!parsed.success) {
    const issues = toIssues(parsed.issues)
    return { ...refuse({ code: 'bad-request', ...summarize(issues) }), issues }
  }
  try {
    // The schema that made the input is the one of this handler; the table's union hides it from the compiler.
    const handler = handlers[name] as (input: unknown) => unknown
    return { ok: true, value: await handler(parsed.output) }
  } catch (error) {
    if (error instanceof InvalidError) return { ...refuse(error.failure), issues: error.issues }
    if (error instanceof NexthopError) return refuse(error.failure)
    onInternal(error, name)
    return refuse({ code: 'internal' })
  }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(contract, name)
}

/** A failure as the reply to a call. */
export function refuse(failure: Failure): Extract<Reply<unknown>, { ok: false }> {
  return { ok: false, code: failure.code, message: explainInFull(failure), failure }
}
