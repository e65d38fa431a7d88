import type { CallInput, CallName, CallOutput, Client, Reply } from '../../shared/contract.ts'
import type { Application } from './application.ts'

/** The contract without a wire: for the CLI and for tests. Values are copied, as on a wire. */
export function createMemoryClient({ dispatch, hub }: Pick<Application, 'dispatch' | 'hub'>): Client {
  return {
    request: async <N extends CallName>(name: N, input: CallInput<N>) => {
      const reply = await dispatch(name, structuredClone(input))
      // The handlers' types say that this is the output of the call with that name.
      return structuredClone(reply) as Reply<CallOutput<N>>
    },
    subscribe: (watch, onEvent, onConnection) => {
      const end = hub.subscribe(watch, (event) => {
        onEvent(structuredClone(event))
      })
      onConnection?.('open')
      return end
    },
  }
}
