//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// containerInit is the first process in the new namespaces: it builds the file system and becomes the program.
func containerInit(file string) {
	runtime.LockOSThread()
	unix.CloseOnExec(3)
	fail := func(what string, err error) {
		msg := what + ": " + err.Error()
		if what == "" {
			msg = err.Error()
		}
		_, _ = unix.Write(3, []byte(msg))
		os.Exit(127)
	}
	must := func(what string, err error) {
		if err != nil {
			fail(what, err)
		}
	}
	b, err := os.ReadFile(file)
	must("spec", err)
	var s initSpec
	must("spec", json.Unmarshal(b, &s))
	must("private /", unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""))
	root := filepath.Join(s.Layer, "merged")
	must("root", os.MkdirAll(root, 0o755))
	must("root", layRoot(s.Layer, root))
	// The sources are opened before chroot and mounted through /proc/self/fd after it, so that a
	// symbolic link in a mount path (/var/run) cannot lead out of the new root.
	fds := make([]int, len(s.Mounts))
	for i, m := range s.Mounts {
		fds[i], err = unix.Open(m.Source, unix.O_PATH|unix.O_CLOEXEC, 0)
		must("volume "+m.Source, err)
	}
	for _, d := range []string{"/dev", "/sys"} {
		_ = os.Mkdir(root+d, 0o755)
		must(d, unix.Mount(d, root+d, "", unix.MS_BIND|unix.MS_REC, ""))
	}
	_ = os.Mkdir(root+"/proc", 0o755)
	must("/proc", unix.Mount("proc", root+"/proc", "proc", 0, ""))
	must("hostname", unix.Sethostname([]byte(s.Hostname)))
	must("chroot", unix.Chroot(root))
	must("chdir", unix.Chdir("/"))
	_ = os.MkdirAll("/tmp", 0o1777)
	for i, m := range s.Mounts {
		if m.File {
			must("mkdir", os.MkdirAll(filepath.Dir(m.Target), 0o755))
			if f, err := os.OpenFile(m.Target, os.O_CREATE, 0o644); err == nil {
				f.Close()
			}
		} else {
			must("mkdir", os.MkdirAll(m.Target, 0o755))
		}
		must("mount "+m.Target, unix.Mount(fmt.Sprintf("/proc/self/fd/%d", fds[i]), m.Target, "", unix.MS_BIND|unix.MS_REC, ""))
		if m.ReadOnly {
			must("mount "+m.Target, unix.Mount("", m.Target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, ""))
		}
		unix.Close(fds[i])
	}
	must("cwd", os.MkdirAll(s.Cwd, 0o755))
	must("cwd", unix.Chdir(s.Cwd))
	bin, err := lookPath(s.Argv[0], os.Environ())
	must("", err)
	must("exec "+bin, unix.Exec(bin, s.Argv, os.Environ()))
}

// layRoot builds the container's root: this machine's files below, a writable layer above.
func layRoot(layer, root string) error {
	if layOver("/", layer, root) == nil {
		return nil
	}
	// In a user namespace the kernel refuses a lower directory with mounts inside (EINVAL): one overlay for each directory
	// that has none. Files directly in "/" are left out, and /root, which is not ours to read, is an empty directory.
	laid := layTree("/", layer, root, 3)
	return errors.Join(laid, os.MkdirAll(root+"/root", 0o700))
}

// layOver mounts an overlay for one directory of this machine at the same place below root.
func layOver(dir, layer, root string) error {
	upper, work := filepath.Join(layer, "upper", dir), filepath.Join(layer, "work", strings.ReplaceAll(dir, "/", "+"))
	for _, d := range []string{upper, work, filepath.Join(root, dir)} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	return unix.Mount("overlay", filepath.Join(root, dir), "overlay", 0, fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", dir, upper, work))
}

// layTree lays the directories in dir, those with mounts inside again piece by piece, depth levels down.
func layTree(dir, layer, root string, depth int) error {
	entries, err := os.ReadDir(dir)
	if err != nil || depth == 0 {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch path {
		case "/proc", "/dev", "/sys", "/root":
			continue
		}
		if e.Type()&os.ModeSymlink != 0 {
			if target, err := os.Readlink(path); err == nil {
				_ = os.Symlink(target, filepath.Join(root, path))
			}
		} else if e.IsDir() && layOver(path, layer, root) != nil {
			_ = layTree(path, layer, root, depth-1) // what cannot be read stays empty
		}
	}
	return nil
}
