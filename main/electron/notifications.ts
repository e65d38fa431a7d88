import { Notification } from 'electron'
import { createNoticeFilter, type Notice } from './notices.ts'

export interface NotifierOptions {
  /** False while the user does not want them, or looks at the window anyway. */
  readonly isWanted: () => boolean
  /** @param key of what the notice is about */
  readonly onClick: (key: string) => void
}

/** Shows notices of the desktop. */
export function createNotifier({ isWanted, onClick }: NotifierOptions): (notice: Notice) => void {
  const isNew = createNoticeFilter()
  // Held here until they are closed: one that was garbage collected loses its click.
  const open = new Set<Notification>()
  return ({ key, title, body, action }) => {
    if (!isWanted() || !Notification.isSupported() || !isNew(key)) return
    const actions = action === undefined ? [] : [{ type: 'button' as const, text: action }]
    const notification = new Notification({ title, body, actions })
    open.add(notification)
    const clicked = () => {
      onClick(key)
    }
    notification.on('click', clicked)
    // On macOS and Windows; elsewhere there is no button, and a click on the note does the same.
    notification.on('action', clicked)
    notification.on('close', () => open.delete(notification))
    notification.show()
  }
}
