/** Runs a Python program in a container, by a Python that something in it runs by, else by one of its PATH. Exits with 40 where there is none. */
export const WITH_PYTHON = `
program=$1
shift
for exe in /proc/[0-9]*/exe; do
  found=$(readlink "$exe" 2>/dev/null) || continue
  case "\${found##*/}" in python[0-9]*) [ -x "$found" ] && exec "$found" -I -c "$program" "$@" ;; esac
done
for name in python3 python; do command -v "$name" >/dev/null 2>&1 && exec "$name" -I -c "$program" "$@"; done
exit 40`;

/** What the programs below share: reading the processes of this container. */
const PROCESSES = `
import json, os, socket, subprocess, sys, time

def read(pid, what):
    try:
        with open('/proc/%s/%s' % (pid, what), 'rb') as file:
            return file.read()
    except OSError:
        return b''

def environment(pid):
    pairs = (one.split(b'=', 1) for one in read(pid, 'environ').split(b'\\0') if b'=' in one)
    return {os.fsdecode(key): os.fsdecode(value) for key, value in pairs}

def arguments(pid):
    return [os.fsdecode(one) for one in read(pid, 'cmdline').split(b'\\0')[:-1]]

def parent(pid):
    try:
        return int(read(pid, 'stat').rpartition(b')')[2].split()[1])
    except (IndexError, ValueError):
        return 0

def executable(pid):
    try:
        return os.readlink('/proc/%s/exe' % pid)
    except OSError:
        return ''

def ours():
    host = os.environ.get('HOSTNAME')
    for pid in sorted(int(one) for one in os.listdir('/proc') if one.isdigit()):
        if pid == os.getpid() or not os.path.basename(executable(pid)).startswith(('python', 'pypy')):
            continue
        variables = environment(pid)
        # A node may show the processes of others.
        if host and variables.get('HOSTNAME', host) != host:
            continue
        yield pid, arguments(pid), variables

def rank(variables):
    return variables.get('RANK'), variables.get('LOCAL_RANK')

def option(given, name):
    return given[given.index(name) + 1] if name in given[:-1] else None

def is_adapter(given):
    return any(one.rstrip('/').endswith('debugpy/adapter') for one in given[:3])

def listens(port):
    wanted = ':%04X' % port
    for name in ('tcp', 'tcp6'):
        for line in read('net', name).splitlines()[1:]:
            fields = line.split()
            if fields[3] == b'0A' and os.fsdecode(fields[1]).endswith(wanted):
                return True
    return False

def free_port():
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        return taken.getsockname()[1]
`;

/**
 * Prints the Python programs of the container as JSON: `[{pid, program, folder, script, rank, localRank, port}]`. What only helps another one (a launcher of
 * ranks, a worker that was forked, a debugger) is left out. `port`: where its debugger listens already.
 */
export const LIST_PYTHON = `${PROCESSES}
found = list(ours())
adapters = [(option(given, '--port'), variables) for pid, given, variables in found if is_adapter(given)]
programs = {pid: (given, variables) for pid, given, variables in found if given and not is_adapter(given)
            and not any('multiprocessing.' in one for one in given[:4])}

def is_launcher(pid):
    for other, (given, variables) in programs.items():
        if 'LOCAL_RANK' not in variables or 'LOCAL_RANK' in programs[pid][1]:
            continue
        while other > 1:
            other = parent(other)
            if other == pid:
                return True
    return False

def is_forked(pid):
    above = programs.get(parent(pid))
    return above is not None and above[0] == programs[pid][0]

def name(pid, given, folder):
    exists = lambda path: os.path.exists('/proc/%d/root%s' % (pid, path))
    rest = given[1:]
    while rest and rest[0].startswith('-'):
        if rest[0] in ('-m', '-c'):
            module = rest[1] if rest[0] == '-m' and len(rest) > 1 else ''
            if module != 'debugpy':
                inside = os.path.join(folder, *module.split('.'))
                script = next((one for one in (inside + '.py', os.path.join(inside, '__main__.py')) if module and exists(one)), None)
                return module or 'python -c', script
            # What the debugger runs stands behind its own options.
            rest = rest[2:]
            while rest and rest[0].startswith('--'):
                rest = rest[2:] if rest[0] in ('--listen', '--connect', '--log-to') else rest[1:]
            continue
        rest = rest[2:] if rest[0] in ('-W', '-X') else rest[1:]
    if not rest:
        return os.path.basename(given[0]), None
    script = os.path.normpath(os.path.join(folder, rest[0]))
    below = os.path.relpath(script, folder)
    return os.path.basename(script) if folder == '/' or below.startswith('..') else below, script

listed = []
for pid, (given, variables) in programs.items():
    if is_launcher(pid) or is_forked(pid):
        continue
    try:
        folder = os.readlink('/proc/%d/cwd' % pid)
    except OSError:
        continue
    same = [port for port, others in adapters if port and rank(others) == rank(variables) and listens(int(port))]
    program, script = name(pid, given, folder)
    one = {'pid': pid, 'program': program, 'folder': folder, **({'script': script} if script else {})}
    numbers = zip(('rank', 'localRank', 'port'), rank(variables) + ((same[-1] if same else None),))
    one.update((key, int(value)) for key, value in numbers if value and value.isdigit())
    listed.append(one)
print(json.dumps(listed))`;

/**
 * Lets the debugger of Python into a program that runs, by its number. Prints JSON: `{port}`, or `{missing: 'debugpy' | 'gdb' | 'ptrace' | 'process'}`
 * with `{python}`, or `{failed}` with what was said.
 */
export const ATTACH = `${PROCESSES}
import shutil

def end(**said):
    print(json.dumps(said))
    sys.exit()

pid = int(sys.argv[1])
given, variables = arguments(pid), environment(pid)
if not given:
    end(missing='process')
python = shutil.which(given[0], path=variables.get('PATH', os.defpath))
if not python or not os.path.basename(python).startswith(('python', 'pypy')):
    python = executable(pid)
folder = '/proc/%d/cwd' % pid

def run(*wanted, patience=60):
    try:
        return subprocess.run([python, *wanted], env=variables, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=patience)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(wanted, 1, late.stdout or b'')

about = run('-c', 'import debugpy, sys; print(sys.version_info[:2] >= (3, 14))')
if about.returncode:
    end(missing='debugpy', python=python)
if b'True' not in about.stdout and not shutil.which('gdb', path=variables.get('PATH', os.defpath)):
    end(missing='gdb', python=python)
port = free_port()
let = run('-m', 'debugpy', '--listen', '127.0.0.1:%d' % port, '--pid', str(pid))
until = time.monotonic() + 15
while let.returncode == 0 and time.monotonic() < until:
    if listens(port):
        end(port=port)
    time.sleep(0.1)
said = os.fsdecode(let.stdout)[-2000:]
end(**({'missing': 'ptrace', 'python': python} if 'ptrace' in said and 'not permitted' in said else {'failed': said}))`;

/**
 * Finds what TensorBoard can show in some folders (its arguments, as JSON) and shows it on a port of the container until its input ends. Prints JSON:
 * `{port, folder}`, or `{missing: 'tensorboard' | 'events'}`, or `{failed}`.
 */
export const TENSORBOARD = `${PROCESSES}
import shutil, signal

def end(**said):
    print(json.dumps(said), flush=True)

def find(folders, until):
    for top in folders:
        for folder, inside, files in os.walk(top):
            inside[:] = [one for one in inside if not one.startswith('.') and one not in ('node_modules', 'proc', 'sys', 'dev')]
            if any('.tfevents.' in one for one in files):
                yield folder
            if time.monotonic() > until:
                return

def main():
    folders = json.loads(sys.argv[1])
    pythons = [shutil.which(one) for one in ('python3', 'python')]
    pythons += [given[0] for pid, given, variables in ours() if given and os.path.isabs(given[0])]
    python = next((one for one in dict.fromkeys(pythons) if one and not subprocess.call(
        [one, '-c', 'import tensorboard'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)), None)
    if not python:
        return end(missing='tensorboard')
    events = list(find(folders, time.monotonic() + 20))
    if not events:
        return end(missing='events')
    folder = os.path.commonpath(events)
    port = free_port()
    show = subprocess.Popen([python, '-m', 'tensorboard.main', '--logdir', folder, '--host', '127.0.0.1', '--port', str(port)],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        until = time.monotonic() + 90
        while not listens(port):
            if show.poll() is not None or time.monotonic() > until:
                show.kill()
                return end(failed=os.fsdecode(show.communicate()[1])[-2000:])
            time.sleep(0.1)
        end(port=port, folder=folder)
        import threading
        threading.Thread(target=show.stderr.read, daemon=True).start()
        sys.stdin.read()
    finally:
        try:
            os.killpg(show.pid, signal.SIGTERM)
        except OSError:
            pass

main()`;
