package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// processSpec is one program of the cluster, as cluster.ts wrote it into supervisor.json.
type processSpec struct {
	Name        string   `json:"name"`
	Command     string   `json:"command"`
	Args        []string `json:"args"`
	StopSeconds float64  `json:"stopSeconds"` // from SIGTERM to SIGKILL
	OwnMounts   bool     `json:"ownMounts"`   // a mount namespace of its own: what it mounts vanishes with it
}

// processState is what processes.json says about a program; cluster.ts and "status" read it.
type processState struct {
	Name string `json:"name"`
	PID  int    `json:"pid"`
	Exit string `json:"exit,omitempty"` // why it ended; empty while it runs
}

// child is one run of one program.
type child struct {
	spec *processSpec
	cmd  *exec.Cmd
	done chan struct{}
}

// supervisor starts the programs of one cluster and ends them, and removes the cluster's folder, when its caller is gone
// (end of stdin) or on SIGTERM. Lines on stdin: "kill NAME" (a crash), "start NAME", and "detach": from then on the end of
// stdin means nothing. On Linux the programs die with the supervisor, however that ends.
type supervisor struct {
	dir      string
	specs    []*processSpec
	children map[string]*child
	states   map[string]*processState
	exited   chan *child
}

func supervise(dir string) error {
	// Pdeathsig fires when the thread that started the program ends: this one lives as long as the process.
	runtime.LockOSThread()
	s := &supervisor{dir: dir, children: map[string]*child{}, states: map[string]*processState{}, exited: make(chan *child)}
	text, err := os.ReadFile(filepath.Join(dir, "supervisor.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.specs); err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	lines := make(chan string)
	go readLines(os.Stdin, lines)
	for _, spec := range s.specs {
		s.start(spec)
	}
	s.loop(signals, lines)
	s.stopAll()
	return removeAll(dir)
}

func readLines(r io.Reader, lines chan<- string) {
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	close(lines)
}

// loop returns when the cluster has to end.
func (s *supervisor) loop(signals <-chan os.Signal, lines <-chan string) {
	detached := false
	for {
		select {
		case <-signals:
			return
		case c := <-s.exited:
			s.recordExit(c)
		case line, open := <-lines:
			if !open {
				if !detached {
					return
				}
				lines = nil
				continue
			}
			verb, name, _ := strings.Cut(line, " ")
			switch verb {
			case "detach":
				detached = true
			case "kill":
				s.end(name, 0)
			case "start":
				for _, spec := range s.specs {
					if spec.Name == name && s.children[name] == nil {
						s.start(spec)
					}
				}
			}
		}
	}
}

func (s *supervisor) start(spec *processSpec) {
	state := &processState{Name: spec.Name}
	s.states[spec.Name] = state
	defer s.save()
	log, err := os.OpenFile(filepath.Join(s.dir, "logs", spec.Name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		state.Exit = err.Error()
		return
	}
	defer log.Close()
	command := func(ownMounts bool) *exec.Cmd {
		cmd := exec.Command(spec.Command, spec.Args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = s.dir, log, log, supervisedAttr(ownMounts)
		return cmd
	}
	cmd := command(spec.OwnMounts)
	if err = cmd.Start(); err != nil && spec.OwnMounts {
		cmd = command(false) // root without the right to make namespaces, as in many containers
		err = cmd.Start()
	}
	if err != nil {
		state.Exit = err.Error()
		return
	}
	state.PID = cmd.Process.Pid
	c := &child{spec: spec, cmd: cmd, done: make(chan struct{})}
	s.children[spec.Name] = c
	go func() {
		_ = cmd.Wait()
		close(c.done)
		s.exited <- c
	}()
}

func (s *supervisor) recordExit(c *child) {
	delete(s.children, c.spec.Name)
	s.states[c.spec.Name].Exit = c.cmd.ProcessState.String()
	s.save()
}

// end sends SIGTERM, after grace SIGKILL, and waits; with no grace it is SIGKILL at once.
func (s *supervisor) end(name string, grace time.Duration) {
	c := s.children[name]
	if c == nil {
		return
	}
	if grace > 0 {
		_ = c.cmd.Process.Signal(syscall.SIGTERM)
	} else {
		_ = c.cmd.Process.Kill()
	}
	timer := time.AfterFunc(grace, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	for s.children[name] == c {
		s.recordExit(<-s.exited)
	}
}

// stopAll ends the programs in the reverse order of their start: pods before the API server, etcd last.
func (s *supervisor) stopAll() {
	for i := len(s.specs) - 1; i >= 0; i-- {
		s.end(s.specs[i].Name, time.Duration(s.specs[i].StopSeconds*float64(time.Second)))
	}
}

// save writes processes.json; by rename, so that a reader never sees half of it.
func (s *supervisor) save() {
	list := []*processState{}
	for _, spec := range s.specs {
		if state := s.states[spec.Name]; state != nil {
			list = append(list, state)
		}
	}
	text, _ := json.MarshalIndent(list, "", "  ")
	file := filepath.Join(s.dir, "processes.json")
	if err := os.WriteFile(file+".new", text, 0o644); err == nil {
		_ = os.Rename(file+".new", file)
	}
}

// removeAll tries again for a moment: a killed program may still have been writing.
func removeAll(dir string) error {
	var err error
	for try := 0; try < 20; try++ {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the folder of the cluster stays: %w", err)
}
