import type { Command } from './command.ts'
import { capture } from './commands/capture.ts'
import { check } from './commands/check.ts'
import { completion } from './commands/completion.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { exportCommand } from './commands/export.ts'
import { forward } from './commands/forward.ts'
import { importCommand } from './commands/import.ts'
import { library } from './commands/library.ts'
import { man } from './commands/man.ts'
import { profile } from './commands/profile.ts'
import { serve } from './commands/serve.ts'
import { trace } from './commands/trace.ts'
import { totals } from './commands/totals.ts'
import { validate } from './commands/validate.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  forward,
  serve,
  trace,
  capture,
  check,
  doctor,
  validate,
  library,
  importCommand,
  totals,
  exportCommand,
  profile,
  explain,
  demo,
  completion,
  man,
]
