import { Notification } from 'electron'
import { createNoticeFilter, type Notice } from './notices.ts'

export interface NotifierOptions {
  /** False while the user does not want them, or looks at the window anyway. */
  readonly isWanted: () => boolean
  readonly onClick: () => void
}

/** Shows notices of the desktop. */
export function createNotifier({ isWanted, onClick }: NotifierOptions): (notice: Notice) => void {
  const isNew = createNoticeFilter()
  // Held here until they are closed: one that was garbage collected loses its click.
  const open = new Set<Notification>()
  return ({ key, title, body }) => {
    if (!isWanted() || !Notification.isSupported() || !isNew(key)) return
    const notification = new Notification({ title, body })
    open.add(notification)
    notification.on('click', onClick)
    notification.on('close', () => open.delete(notification))
    notification.show()
  }
}
