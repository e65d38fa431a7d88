import { contextBridge, ipcRenderer } from 'electron'
import { eventChannel, requestChannel, type WindowRequest } from './channels.ts'

// All that a page gets of the app. It runs in the sandbox, in a world of its own; ipcRenderer itself stays here.

type OnEvent = (event: unknown) => void
type OnConnection = (state: 'open' | 'lost') => void

function createBridge() {
  const subscribers = new Map<number, OnEvent>()
  let lastId = 0

  ipcRenderer.on(eventChannel, (_event, id: number, event: unknown) => {
    subscribers.get(id)?.(event)
  })

  function send(request: WindowRequest): Promise<unknown> {
    return ipcRenderer.invoke(requestChannel, request)
  }

  function subscribe(watch: readonly string[], onEvent: OnEvent, onConnection?: OnConnection): () => void {
    lastId += 1
    const id = lastId
    subscribers.set(id, onEvent)
    send({ kind: 'subscribe', id, watch: [...watch] }).then(
      () => onConnection?.('open'),
      () => onConnection?.('lost'),
    )
    return () => {
      if (subscribers.delete(id)) void send({ kind: 'unsubscribe', id }).catch(() => undefined)
    }
  }

  return {
    request: (name: string, input: unknown) => send({ kind: 'call', name, input }),
    subscribe,
  }
}

contextBridge.exposeInMainWorld('nexthop', createBridge())
