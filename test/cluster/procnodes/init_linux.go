//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

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
	upper, work, root := filepath.Join(s.Layer, "upper"), filepath.Join(s.Layer, "work"), filepath.Join(s.Layer, "merged")
	for _, d := range []string{upper, work, root} {
		must("layer", os.MkdirAll(d, 0o755))
	}
	must("overlay", unix.Mount("overlay", root, "overlay", 0, fmt.Sprintf("lowerdir=/,upperdir=%s,workdir=%s", upper, work)))
	// The sources are opened before chroot and mounted through /proc/self/fd after it, so that a
	// symbolic link in a mount path (/var/run) cannot lead out of the new root.
	fds := make([]int, len(s.Mounts))
	for i, m := range s.Mounts {
		fds[i], err = unix.Open(m.Source, unix.O_PATH|unix.O_CLOEXEC, 0)
		must("volume "+m.Source, err)
	}
	for _, d := range []string{"/dev", "/sys"} {
		must(d, unix.Mount(d, root+d, "", unix.MS_BIND|unix.MS_REC, ""))
	}
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
