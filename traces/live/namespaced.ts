/** Whether this machine lets us make namespaces, and this program started anew where it does. */
import { spawnSync } from 'node:child_process'

const FORBIDDEN = `Namespaces of users are forbidden here; allow them (kernel.unprivileged_userns_clone=1, user.max_user_namespaces > 0,
on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0), or run as root`

/** Undefined where live runs are possible, otherwise why not and what would help. */
export const whyNotLive = (): string | undefined => {
  if (process.platform !== 'linux') return 'Live runs need Linux: its kernel is what is asked'
  const tried = spawnSync('unshare', [...flags(), 'ip', 'link', 'add', 'a0', 'type', 'veth', 'peer', 'name', 'a1'], {
    encoding: 'utf8',
  })
  if (tried.error) return 'The program unshare is missing (Debian: util-linux), or ip (Debian: iproute2)'
  if (tried.status === 0) return undefined
  return /No such file/.test(tried.stderr) ? 'The program ip is missing (Debian: iproute2)' : FORBIDDEN
}

const flags = (): string[] => (process.getuid?.() === 0 ? ['-n'] : ['-Urn'])

/** The environment variable that says that this process is the one inside. */
const INSIDE = 'HALFOPEN_NAMESPACED'

export const isInside = (): boolean => process.env[INSIDE] === '1'

/** Runs this very command line in a network namespace of its own, as root of a user namespace where we are not root: its exit code. */
export const runInside = (): number => {
  const { status, signal } = spawnSync(
    'unshare',
    [...flags(), process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    {
      stdio: 'inherit',
      env: { ...process.env, [INSIDE]: '1' },
    },
  )
  return status ?? (signal === 'SIGINT' ? 130 : 70)
}

/** Whether this process may make namespaces as it is. */
export const mayCreate = (): boolean => process.getuid?.() === 0

/** Runs a program of Node anew as root of a user namespace, and gives back what it wrote. */
export const runAgainInside = (
  args: readonly string[],
): { readonly out: string; readonly err: string; readonly code: number } => {
  const { stdout, stderr, status } = spawnSync('unshare', [...flags(), process.execPath, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, [INSIDE]: '1' },
  })
  return { out: stdout, err: stderr, code: status ?? 70 }
}
