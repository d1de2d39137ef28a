package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/uuid"
)

// oomAnnotation on a pod kills its containers after that time ("3s") as if they had used too much memory.
const oomAnnotation = "gpuctl.test/oom-after"

// runOnce starts the process, waits for its end and records it. false: the pod is being stopped and nothing was started.
func (c *Container) runOnce(ctx context.Context, stop <-chan struct{}) (int, bool) {
	env, vars, ok := c.awaitEnvironment(ctx)
	if !ok {
		return 0, false
	}
	p, id := c.p, "process://"+string(uuid.NewUUID())
	name := fmt.Sprintf("%s-%d", c.spec.Name, c.restarts)
	log, err := newLogFile(filepath.Join(p.dir, name+".log"))
	if err != nil {
		return c.startError(id, err), true
	}
	c.beginLog(log)
	defer log.close()
	p.event(v1.EventTypeNormal, "Created", "Container created")

	spec, err := c.initSpec(vars)
	if err != nil {
		return c.startError(id, err), true
	}
	spec.Layer = filepath.Join(layersDir(p.m.cfg), string(p.uid), name)
	defer os.RemoveAll(spec.Layer)
	pipes, err := newPipes(c.spec.Stdin)
	if err != nil {
		return c.startError(id, err), true
	}
	proc, err := startProcess(spec, env, pipes.outW, pipes.errW, pipes.inR, isolated())
	pipes.closeChildEnds()
	if err != nil {
		pipes.closeOurEnds()
		return c.startError(id, err), true
	}
	drained := pipes.copyTo(log)
	c.recordStart(id, proc, env, spec.Cwd, pipes)

	ended := make(chan struct{})
	probes, cancelProbes := context.WithCancel(ctx)
	go c.probe(probes)
	go c.killer(ended, stop)
	if d, err := time.ParseDuration(p.object().Annotations[oomAnnotation]); err == nil {
		t := time.AfterFunc(d, func() { c.kill("OOMKilled") })
		defer t.Stop()
	}
	code := proc.wait()
	close(ended)
	cancelProbes()
	select {
	case <-drained:
	case <-time.After(time.Second): // a left-over child (no PID namespace) may keep the pipes open
	}
	pipes.closeOurEnds()
	log.close()
	return c.recordEnd(id, proc, code, spec.Layer), true
}

// awaitEnvironment resolves the environment, waiting for ConfigMaps and Secrets that do not exist yet.
func (c *Container) awaitEnvironment(ctx context.Context) ([]string, map[string]string, bool) {
	for {
		env, vars, err := c.p.environment(ctx, c.spec, c.p.m.cfg.image(c.spec.Image))
		if err == nil {
			return env, vars, true
		}
		c.p.event(v1.EventTypeWarning, "Failed", "Error: %s", err)
		c.waiting("CreateContainerConfigError", err.Error())
		if !c.p.sleep(5 * time.Second) {
			return nil, nil, false
		}
	}
}

// beginLog makes the last run's log the previous one.
func (c *Container) beginLog(log *logFile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.log != nil {
		if c.prevLog != nil {
			_ = os.Remove(c.prevLog.path)
		}
		c.prevLog = c.log
	}
	c.log = log
}

// initSpec says what to run and where: command and args replace those of the image, as in Kubernetes.
func (c *Container) initSpec(vars map[string]string) (*initSpec, error) {
	p, img := c.p, c.p.m.cfg.image(c.spec.Image)
	argv := append(append([]string{}, img.Entrypoint...), img.Cmd...)
	if len(c.spec.Command) > 0 {
		argv = append(expandAll(c.spec.Command, vars), expandAll(c.spec.Args, vars)...)
	} else if len(c.spec.Args) > 0 {
		argv = append(append([]string{}, img.Entrypoint...), expandAll(c.spec.Args, vars)...)
	}
	if len(argv) == 0 {
		return nil, fmt.Errorf("no command specified")
	}
	mounts, err := p.mounts(c.spec, vars)
	if err != nil {
		return nil, err
	}
	spec := &initSpec{Hostname: p.hostname(), Mounts: mounts, Cwd: c.spec.WorkingDir, Argv: argv}
	if isolated() {
		if spec.Cwd == "" {
			spec.Cwd = "/"
		}
		hosts := mount{Source: filepath.Join(p.dir, "hosts"), Target: "/etc/hosts", File: true}
		spec.Mounts = append([]mount{hosts}, mounts...)
		return spec, nil
	}
	work := filepath.Join(p.dir, "work", c.spec.Name)
	spec.Cwd = filepath.Join(work, spec.Cwd)
	for _, m := range mounts { // at least reachable: relative to the working directory
		link := filepath.Join(work, m.Target)
		_ = os.MkdirAll(filepath.Dir(link), 0o755)
		_ = os.Symlink(m.Source, link)
	}
	return spec, nil
}

func (c *Container) recordStart(id string, proc *process, env []string, cwd string, pipes *pipes) {
	hasReadiness := c.spec.ReadinessProbe != nil
	hasStartup := c.spec.StartupProbe != nil
	c.set(func() {
		if c.state.Terminated != nil {
			c.last = c.state
		}
		c.proc, c.env, c.cwd, c.id, c.killWhy = proc, env, cwd, id, ""
		if pipes.inW != nil {
			c.stdin = pipes.inW
		}
		c.state = v1.ContainerState{Running: &v1.ContainerStateRunning{StartedAt: metav1.NewTime(proc.started)}}
		c.started, c.ready = !hasStartup, !hasStartup && !hasReadiness
	})
	c.p.event(v1.EventTypeNormal, "Started", "Container started")
	c.p.m.pokeDNS()
}

func (c *Container) recordEnd(id string, proc *process, code int, layer string) int {
	c.set(func() {
		reason := "Completed"
		if code != 0 {
			reason = "Error"
		}
		if c.killWhy == "OOMKilled" {
			reason, code = "OOMKilled", 137
		}
		c.state = v1.ContainerState{Terminated: &v1.ContainerStateTerminated{ExitCode: int32(code), Reason: reason, Message: c.terminationMessage(layer, code),
			StartedAt: metav1.NewTime(proc.started), FinishedAt: metav1.Now(), ContainerID: id}}
		c.ready, c.started, c.proc, c.stdin = false, false, nil, nil
	})
	return code
}

// terminationMessage: /dev/termination-log is on the shared /dev here, so only FallbackToLogsOnError works,
// and a terminationMessagePath outside /dev.
func (c *Container) terminationMessage(layer string, code int) string {
	if path := c.spec.TerminationMessagePath; path != "" && !strings.HasPrefix(path, "/dev/") && isolated() {
		if b, err := os.ReadFile(filepath.Join(layer, "upper", path)); err == nil && len(b) > 0 {
			return string(b[:min(len(b), 4096)])
		}
	}
	if code == 0 || c.spec.TerminationMessagePolicy != v1.TerminationMessageFallbackToLogsOnError {
		return ""
	}
	n := int64(80)
	var b strings.Builder
	_ = c.log.stream(context.Background(), &b, func() {}, &v1.PodLogOptions{TailLines: &n})
	s := b.String()
	return s[max(0, len(s)-2048):]
}

// startError: the runtime could not start the program.
func (c *Container) startError(id string, err error) int {
	msg := fmt.Sprintf("failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: %s", err)
	c.p.event(v1.EventTypeWarning, "Failed", "Error: %s", msg)
	c.set(func() {
		if c.state.Terminated != nil {
			c.last = c.state
		}
		c.id, c.ready, c.started = id, false, false
		c.state = v1.ContainerState{Terminated: &v1.ContainerStateTerminated{ExitCode: 128, Reason: "StartError", Message: msg,
			StartedAt: metav1.NewTime(time.Unix(0, 0)), FinishedAt: metav1.Now(), ContainerID: id}}
	})
	return 128
}

// pipes are the standard streams of one run; the ends with R are read from.
type pipes struct{ outR, outW, errR, errW, inR, inW *os.File }

func newPipes(stdin bool) (*pipes, error) {
	p := &pipes{}
	var err error
	if p.outR, p.outW, err = os.Pipe(); err == nil {
		p.errR, p.errW, err = os.Pipe()
	}
	if err == nil && stdin {
		p.inR, p.inW, err = os.Pipe()
	}
	if err != nil {
		p.closeChildEnds()
		p.closeOurEnds()
		return nil, err
	}
	return p, nil
}

// Close of a nil *os.File is an error, not a crash.
func (p *pipes) closeChildEnds() { p.outW.Close(); p.errW.Close(); p.inR.Close() }
func (p *pipes) closeOurEnds()   { p.outR.Close(); p.errR.Close(); p.inW.Close() }

// copyTo copies both outputs into the log; the channel closes when both have ended.
func (p *pipes) copyTo(log *logFile) <-chan struct{} {
	var copies sync.WaitGroup
	copies.Go(func() { log.copyFrom("stdout", p.outR) })
	copies.Go(func() { log.copyFrom("stderr", p.errR) })
	drained := make(chan struct{})
	go func() { copies.Wait(); close(drained) }()
	return drained
}
