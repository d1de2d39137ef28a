//go:build !linux

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Systems other than Linux: plain processes, no namespaces, no /proc, no pseudo terminal; all pods share 127.0.0.1.

func setupIsolation(*Config) (string, error) { return isolationMode, nil }
func teardownIsolation(*Config)              {}
func containerInit(string)                   { os.Exit(127) }

func startProcess(spec *initSpec, env []string, stdout, stderr io.Writer, stdin *os.File, _ bool) (*process, error) {
	if err := os.MkdirAll(spec.Cwd, 0o755); err != nil {
		return nil, err
	}
	cmd, err := enterPlain(spec.Argv, env, spec.Cwd)
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = stdout, stderr, &syscall.SysProcAttr{Setsid: true}
	if stdin != nil {
		cmd.Stdin = stdin
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd: cmd, pid: cmd.Process.Pid, started: time.Now()}, nil
}

func (p *process) signal(s syscall.Signal) { _ = syscall.Kill(-p.pid, s) }
func (p *process) enter(argv, env []string, cwd string) (*exec.Cmd, error) {
	return enterPlain(argv, env, cwd)
}
func supervisedAttr(bool) *syscall.SysProcAttr       { return nil }
func usageByContainer([]*process) map[*process]usage { return nil }
func listenAddr([]int, int32) string                 { return "127.0.0.1" }
func openPTY() (*os.File, *os.File, error)           { return nil, nil, errors.New("tty not supported here") }
func resizePTY(*os.File, uint16, uint16)             {}
func ttyAttr() *syscall.SysProcAttr                  { return nil }
