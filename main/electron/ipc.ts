import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { topics, type Topic } from '../../shared/contract.ts'
import type { Application } from '../app/application.ts'
import { isAppUrl } from './app-url.ts'
import { isRecord } from './json.ts'
import { eventChannel, requestChannel } from './preload/channels.ts'

// The contract over Electron's IPC. Threat: a frame that is not the app's own page sends messages. So each is taken only
// from the main frame of a window that was made here, and only while it shows a page of the app.

/** More than any page of ours has at a time. */
const mostSubscriptions = 32

export interface IpcOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  readonly application: Pick<Application, 'dispatch' | 'hub'>
  /** True for the contents of the app's windows. */
  readonly isOwn: (contents: WebContents) => boolean
  readonly onRefused: (what: string) => void
}

export interface Ipc {
  /** Ends the subscriptions of a page that is gone. */
  forget(contents: WebContents): void
  readonly close: () => void
}

export function serveIpc({ ipcMain, application, isOwn, onRefused }: IpcOptions): Ipc {
  const subscriptions = new Map<WebContents, Map<number, () => void>>()

  ipcMain.handle(requestChannel, (event, request: unknown) => {
    if (!isTrusted(event, isOwn)) {
      onRefused('a message from a page that is not the app’s own')
      throw new Error('refused: this page may not talk to Nexthop')
    }
    if (!isRecord(request)) throw malformed()
    switch (request.kind) {
      case 'call':
        if (typeof request.name !== 'string') throw malformed()
        return application.dispatch(request.name, request.input)
      case 'subscribe':
        return subscribe(event.sender, toId(request.id), toTopics(request.watch))
      case 'unsubscribe':
        return unsubscribe(event.sender, toId(request.id))
      default:
        throw malformed()
    }
  })

  function subscribe(contents: WebContents, id: number, watch: readonly Topic[]): void {
    // A page counts from 1: it is a new one, and what the page before it in this window had is over.
    if (id === 1) forget(contents)
    const own = subscriptions.get(contents) ?? new Map<number, () => void>()
    subscriptions.set(contents, own)
    if (own.has(id) || own.size >= mostSubscriptions) throw malformed()
    const end = application.hub.subscribe(watch, (event) => {
      if (!contents.isDestroyed()) contents.send(eventChannel, id, event)
    })
    own.set(id, end)
  }

  function unsubscribe(contents: WebContents, id: number): void {
    const own = subscriptions.get(contents)
    own?.get(id)?.()
    own?.delete(id)
  }

  function forget(contents: WebContents): void {
    for (const end of subscriptions.get(contents)?.values() ?? []) end()
    subscriptions.delete(contents)
  }

  return {
    forget,
    close: () => {
      ipcMain.removeHandler(requestChannel)
      for (const contents of [...subscriptions.keys()]) forget(contents)
    },
  }
}

/** The frame is null where it is gone by now. */
function isTrusted(
  { sender, senderFrame }: IpcMainInvokeEvent,
  isOwn: (contents: WebContents) => boolean,
): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url) && isOwn(sender)
}

function toId(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw malformed()
  return value
}

function toTopics(value: unknown): Topic[] {
  if (!Array.isArray(value)) throw malformed()
  return topics.filter((topic) => value.includes(topic))
}

function malformed(): Error {
  return new Error('refused: the message is not one of Nexthop’s')
}
