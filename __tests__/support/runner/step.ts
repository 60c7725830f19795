import { type ActionCommand, parseActionCommand } from './action-command.js'
import { makeAnnotation, type ShownAnnotation } from './annotation.js'
import { type Masker, makeMasker } from './masker.js'

/** GitHub shows ten annotations of a level in a step; the rest is logged and dropped without a word. */
const annotationCap = 10

const commandNames = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]

/** What the runner knows about a step while its process prints. */
export interface Step {
  readonly masker: Masker
  readonly annotations: ShownAnnotation[]
  readonly droppedAnnotations: ShownAnnotation[]
  /** Every command the runner acted on, in order. */
  readonly commands: ActionCommand[]
  /** The log as people see it: masked. */
  readonly log: string[]
  /** The lines as printed. */
  readonly raw: string[]
  readonly outputs: Record<string, string>
  readonly state: Record<string, string>
  /** Set by a command that the runner could not carry out: the step fails whatever the process says. */
  failed: boolean
  readonly takeLine: (line: string) => void
  readonly annotate: (annotation: ShownAnnotation) => void
}

/** A step of a job, ready to read the lines of both streams. `debug` is what the repository's debug secret sets. */
export function openStep({ workspace = '/workspace', debug = false } = {}): Step {
  const registered = new Set(commandNames)
  const masker = makeMasker()
  let stopToken: string | undefined
  const step: Step = {
    masker,
    annotations: [],
    droppedAnnotations: [],
    commands: [],
    log: [],
    raw: [],
    outputs: {},
    state: {},
    failed: false,
    takeLine: (line) => {
      step.raw.push(line)
      if (!(line.includes('::') || line.includes('##[')) || !tryCommand(line))
        step.log.push(masker.mask(line))
    },
    annotate: (annotation) => {
      const same = step.annotations.filter(({ level }) => level === annotation.level).length
      ;(same < annotationCap ? step.annotations : step.droppedAnnotations).push(annotation)
      step.log.push(`##[${annotation.level}]${annotation.message}`)
    },
  }

  function tryCommand(line: string): boolean {
    const command = parseActionCommand(line, registered)
    if (command === undefined) return false
    const name = command.name.toLowerCase()
    if (stopToken !== undefined) {
      if (name !== stopToken) return false
      registered.delete(stopToken)
      stopToken = undefined
      step.log.push(masker.mask(line))
      return true
    }
    step.commands.push(command)
    if (name === 'stop-commands') stop(command, line)
    else act(step, name, command, { workspace, debug })
    return true
  }

  function stop(command: ActionCommand, line: string): void {
    const token = command.data.toLowerCase()
    if (token === '' || token === 'pause-logging' || registered.has(token)) {
      fail(step, `Invalid stop-commands token '${command.data}'`)
      return
    }
    stopToken = token
    registered.add(token)
    step.log.push(masker.mask(line))
  }

  return step
}

/** A command that the runner could not carry out: an error annotation, and the step fails. */
export function fail(step: Step, message: string): void {
  step.annotate({ level: 'error', message: step.masker.mask(message) })
  step.failed = true
}

interface StepSettings {
  readonly workspace: string
  readonly debug: boolean
}

function act(step: Step, name: string, command: ActionCommand, { workspace, debug }: StepSettings): void {
  const masked = step.masker.mask(command.data)
  switch (name) {
    case 'error':
    case 'warning':
    case 'notice':
      step.annotate(makeAnnotation(name, command, workspace, step.masker.mask))
      break
    case 'add-mask':
      if (command.data.trim() !== '') step.masker.add(command.data)
      else step.annotate({ level: 'warning', message: "Can't add secret mask for empty string" })
      break
    case 'set-output':
      assign(step, step.outputs, command)
      break
    case 'save-state':
      assign(step, step.state, command)
      break
    case 'set-env':
    case 'add-path':
      fail(step, `The \`${name}\` command is disabled.`)
      break
    case 'group':
    case 'endgroup':
      step.log.push(`##[${name}]${masked}`)
      break
    case 'debug':
      if (debug) step.log.push(`##[debug]${masked}`)
      break
  }
}

function assign(step: Step, into: Record<string, string>, { name, properties, data }: ActionCommand): void {
  if (properties.name === undefined || properties.name === '') {
    fail(step, `Required field 'name' is missing in ##[${name}] command.`)
    return
  }
  into[properties.name] = data
}
