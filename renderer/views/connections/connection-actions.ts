import type { CallInput } from '../../../shared/contract.ts'
import type { App } from '../../state/app.svelte.ts'

/**
 * Closes connections, which nothing brings back: where there are several, the settings may want a question first.
 * @param count how many are known to be open
 */
export function closeConnections(app: App, which: CallInput<'connection.close'>, count: number): void {
  const run = async () => {
    const result = await app.run('connection.close', which)
    if (result) app.toasts.show(app.t.connections.closed(result.closed))
  }
  const asks = app.store.snapshot?.config.settings.confirmations ?? true
  if (!asks || count < 2) {
    void run()
    return
  }
  const { closeQuestion, closeText, close } = app.t.confirm
  const question = { title: closeQuestion(count), text: closeText, action: close, run: () => void run() }
  app.dialogs.show({ kind: 'confirm', question })
}
