package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"
)

// streams serves exec and attach for one container; the interfaces are those of cri-streaming.
type streams struct{ c *Container }

// ExecInContainer runs a command and reports its exit code. stdin is closed when the client closes its half; the
// end of the process, not of stdin, ends the call.
func (s streams) ExecInContainer(_ context.Context, _, _, _ string, argv []string, in io.Reader, stdout, stderr io.WriteCloser, tty bool, resize <-chan remotecommand.TerminalSize, _ time.Duration) error {
	pr := s.c.current()
	if pr == nil {
		return fmt.Errorf("container not found (%q)", s.c.spec.Name)
	}
	env := s.c.env
	if tty {
		env = append(append([]string{}, env...), "TERM=xterm")
	}
	cmd, err := pr.enter(argv, env, s.c.cwd)
	if err != nil {
		return fmt.Errorf("failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: %w", err)
	}
	if tty {
		return execOnTerminal(cmd, in, stdout, resize)
	}
	return execOnPipes(cmd, in, stdout, stderr)
}

func execOnTerminal(cmd *exec.Cmd, in io.Reader, stdout io.Writer, resize <-chan remotecommand.TerminalSize) error {
	master, slave, err := openPTY()
	if err != nil {
		return err
	}
	defer master.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = slave, slave, slave, ttyAttr()
	err = cmd.Start()
	slave.Close()
	if err != nil {
		return err
	}
	go func() {
		for size := range resize {
			resizePTY(master, size.Width, size.Height)
		}
	}()
	if in != nil {
		go func() { _, _ = io.Copy(master, in) }()
	}
	copied := make(chan struct{})
	go func() { _, _ = io.Copy(stdout, master); close(copied) }() // EIO when the last slave closes
	err = cmd.Wait()
	select {
	case <-copied:
	case <-time.After(time.Second):
	}
	return exitError(err)
}

// execOnPipes copies the streams itself: exec.Cmd.Wait with a Reader as Stdin would wait for the client's half to end.
func execOnPipes(cmd *exec.Cmd, in io.Reader, stdout, stderr io.Writer) error {
	var copies sync.WaitGroup
	var childEnds []*os.File
	pipe := func(w io.Writer) (*os.File, error) {
		if w == nil {
			return nil, nil
		}
		r, pw, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		childEnds = append(childEnds, pw)
		copies.Go(func() { _, _ = io.Copy(w, r); r.Close() })
		return pw, nil
	}
	closeChildEnds := func() {
		for _, f := range childEnds {
			f.Close()
		}
	}
	out, err := pipe(stdout)
	if err != nil {
		return err
	}
	errs, err := pipe(stderr)
	if err != nil {
		closeChildEnds()
		return err
	}
	if out != nil { // a nil *os.File in an io.Writer would not be nil
		cmd.Stdout = out
	}
	if errs != nil {
		cmd.Stderr = errs
	}
	var stdin io.WriteCloser
	if in != nil {
		if stdin, err = cmd.StdinPipe(); err != nil {
			closeChildEnds()
			return err
		}
	}
	err = cmd.Start()
	closeChildEnds()
	if err != nil {
		return err
	}
	if stdin != nil {
		go func() { _, _ = io.Copy(stdin, in); stdin.Close() }()
	}
	// Pipes first: all output must be read before the status is sent. They end with the last process that
	// holds them, so a background child keeps the exec open, as with a real runtime.
	copies.Wait()
	return exitError(cmd.Wait())
}

func exitError(err error) error {
	if e, ok := err.(*exec.ExitError); ok {
		code := exitCode(e.ProcessState)
		return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: code}
	}
	return err
}

// AttachContainer copies the live output of the container until it ends.
func (s streams) AttachContainer(ctx context.Context, _, _, _ string, in io.Reader, stdout, stderr io.WriteCloser, _ bool, _ <-chan remotecommand.TerminalSize) error {
	s.c.mu.Lock()
	log, stdin, running := s.c.log, s.c.stdin, s.c.proc != nil
	s.c.mu.Unlock()
	if log == nil || !running {
		return fmt.Errorf("container %s is not running", s.c.spec.Name)
	}
	if in != nil && stdin != nil {
		go func() {
			_, _ = io.Copy(stdin, in)
			if s.c.spec.StdinOnce {
				stdin.Close()
			}
		}()
	}
	sub := log.subscribe()
	defer log.unsubscribe(sub)
	for {
		select {
		case <-ctx.Done():
			return nil
		case t, ok := <-sub:
			if !ok {
				return nil
			}
			w := stdout
			if t.stream == "stderr" {
				w = stderr
			}
			if w != nil {
				if _, err := w.Write(t.data); err != nil {
					return nil
				}
			}
		}
	}
}

// forwarder serves port-forward for one pod.
type forwarder struct{ p *Pod }

// PortForward connects one stream to the port on which a process of this pod listens, and never to another pod's.
func (f forwarder) PortForward(_ context.Context, _, _ string, port int32, stream io.ReadWriteCloser) error {
	defer stream.Close()
	addr := listenAddr(f.p.pids(), port)
	if addr == "" {
		return fmt.Errorf("failed to execute portforward in network namespace %q: failed to connect to localhost:%d inside namespace %q, IPv4: dial tcp4 127.0.0.1:%d: connect: connection refused IPv6: dial tcp6 [::1]:%d: connect: connection refused",
			"pod "+f.p.name, port, f.p.uid, port, port)
	}
	conn, err := net.Dial("tcp", net.JoinHostPort(addr, strconv.Itoa(int(port))))
	if err != nil {
		return err
	}
	defer conn.Close()
	done := make(chan struct{}, 2)
	go func() {
		_, _ = io.Copy(conn, stream)
		if t, ok := conn.(*net.TCPConn); ok {
			_ = t.CloseWrite()
		}
		done <- struct{}{}
	}()
	serverClosed := make(chan struct{})
	go func() { _, _ = io.Copy(stream, conn); close(serverClosed); done <- struct{}{} }()
	// containerd's rule: when the server closes, it is over; when only the client does, drain the server
	<-done
	select {
	case <-serverClosed:
	case <-time.After(time.Second):
	}
	return nil
}

func (p *Pod) pids() []int {
	var procs []*process
	for _, c := range p.everyContainer() {
		if pr := c.current(); pr != nil {
			procs = append(procs, pr)
		}
	}
	var out []int
	for _, u := range usageByContainer(procs) {
		out = append(out, u.pids...)
	}
	return out
}
