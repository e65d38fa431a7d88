import { clipboard } from 'electron'
import type { Application } from '../app/application.ts'
import type { LiveState } from './live-state.ts'
import type { ShellTexts } from './texts.ts'
import { describeClosingTray, describeTray, type TrayAction } from './tray-model.ts'
import { createTray } from './tray.ts'

export interface DesktopTrayOptions {
  readonly application: Pick<Application, 'dispatch'>
  readonly images: URL
  readonly texts: () => ShellTexts
  readonly onOpen: () => void
  readonly onQuit: () => void
  /** What was chosen could not be done, with the reason. */
  readonly onFailed: (message: string) => void
}

export interface DesktopTray {
  update(state: LiveState): void
  readonly showClosing: () => void
  close(): void
}

/** The tray icon and what its menu does. */
export function createDesktopTray(options: DesktopTrayOptions, state: LiveState): DesktopTray {
  const { application, images, texts, onOpen, onQuit, onFailed } = options
  let isClosing = false

  async function act(action: TrayAction): Promise<void> {
    switch (action.kind) {
      case 'open':
        onOpen()
        break
      case 'quit':
        onQuit()
        break
      case 'copy':
        void clipboard.writeText(action.text)
        break
      case 'set-forwarding':
        await call('forwarding.set', { on: action.on })
        break
      case 'enable-rule':
        await call('rule.enable', { ids: [action.ruleId], enabled: action.enabled })
        break
      case 'use-profile':
        await call('profile.use', { id: action.profileId })
        break
    }
  }

  async function call(name: 'forwarding.set' | 'rule.enable' | 'profile.use', input: unknown): Promise<void> {
    const reply = await application.dispatch(name, input)
    if (!reply.ok) onFailed(reply.message)
  }

  const tray = createTray({ images, platform: process.platform, onAction: act }, describeTray(state, texts()))
  return {
    update: (next) => {
      if (!isClosing) tray.show(describeTray(next, texts()))
    },
    showClosing: () => {
      isClosing = true
      tray.show(describeClosingTray(texts()))
    },
    close: () => {
      tray.close()
    },
  }
}
