package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"syscall"
	"time"

	v1 "k8s.io/api/core/v1"
)

// Container is one container of a pod over all its runs.
type Container struct {
	p    *Pod
	spec *v1.Container

	mu       sync.Mutex
	state    v1.ContainerState
	last     v1.ContainerState
	restarts int32
	ready    bool
	started  bool
	over     bool // will not run again
	id       string
	imageID  string
	proc     *process
	env      []string
	cwd      string
	log      *logFile
	prevLog  *logFile
	killWhy  string // reason recorded when we kill it: OOMKilled, or "" for an ordinary end
	stdin    io.WriteCloser
}

func newContainer(p *Pod, spec *v1.Container) *Container {
	reason := "ContainerCreating"
	if len(p.spec.InitContainers) > 0 {
		reason = "PodInitializing"
	}
	return &Container{p: p, spec: spec, state: v1.ContainerState{Waiting: &v1.ContainerStateWaiting{Reason: reason}}}
}

func (c *Container) key() string { return string(c.p.uid) + "/" + c.spec.Name }

func (c *Container) set(f func()) {
	c.mu.Lock()
	f()
	c.mu.Unlock()
	c.p.changed()
}

func (c *Container) waiting(reason, msg string) {
	c.set(func() {
		if c.state.Terminated != nil {
			c.last = c.state
		}
		c.state = v1.ContainerState{Waiting: &v1.ContainerStateWaiting{Reason: reason, Message: msg}}
		c.ready = false
	})
}

func (c *Container) isReady() bool   { c.mu.Lock(); defer c.mu.Unlock(); return c.ready }
func (c *Container) isStarted() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.started }
func (c *Container) isOver() bool    { c.mu.Lock(); defer c.mu.Unlock(); return c.over }
func (c *Container) gaveUp() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over && c.state.Terminated != nil && c.state.Terminated.ExitCode != 0
}
func (c *Container) current() *process { c.mu.Lock(); defer c.mu.Unlock(); return c.proc }

func (c *Container) status() v1.ContainerStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	started := c.started
	return v1.ContainerStatus{Name: c.spec.Name, Image: c.spec.Image, ImageID: c.imageID, ContainerID: c.id, State: c.state, LastTerminationState: c.last,
		RestartCount: c.restarts, Ready: c.ready, Started: &started}
}

func (c *Container) kill(why string) {
	c.mu.Lock()
	p := c.proc
	if p != nil {
		c.killWhy = why
	}
	c.mu.Unlock()
	if p != nil {
		p.signal(syscall.SIGKILL)
	}
}

// loop runs the container until its restart policy is satisfied; false means the pod must not go on
// (failed init container, or the pod is being stopped).
func (c *Container) loop(ctx context.Context, policy v1.RestartPolicy, stop <-chan struct{}) bool {
	p := c.p
	defer c.set(func() { c.over, c.ready = true, false })
	if !c.pull() {
		return false
	}
	crashes := 0
	for {
		code, ok := c.runOnce(ctx, stop)
		if !ok || p.stopping() {
			return false
		}
		if policy == v1.RestartPolicyNever || (policy == v1.RestartPolicyOnFailure && code == 0) || p.isFailed() || closed(stop) {
			return code == 0
		}
		c.mu.Lock()
		t := c.state.Terminated
		long := t != nil && t.FinishedAt.Sub(t.StartedAt.Time) > 10*time.Minute
		c.mu.Unlock()
		if long {
			crashes = 0
		}
		if crashes++; crashes > 1 { // kubelet restarts at once the first time
			d := p.m.cfg.backoff(crashes - 1)
			msg := fmt.Sprintf("back-off %s restarting failed container=%s pod=%s_%s(%s)", d, c.spec.Name, p.name, p.ns, p.uid)
			p.event(v1.EventTypeWarning, "BackOff", "Back-off restarting failed container %s in pod %s_%s(%s)", c.spec.Name, p.name, p.ns, p.uid)
			c.waiting("CrashLoopBackOff", msg)
			select {
			case <-time.After(d):
			case <-p.stopCh:
				return false
			case <-stop:
				return false
			}
		} else if !p.sleep(time.Second) {
			return false
		}
		c.mu.Lock()
		c.restarts++ // shown together with the new run's state
		c.mu.Unlock()
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func (p *Pod) isFailed() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.failed }

// pull plays the image pull: real waiting reasons and events, no image.
func (c *Container) pull() bool {
	p, img := c.p, c.p.m.cfg.image(c.spec.Image)
	for try := 1; img.PullError != ""; try++ {
		p.event(v1.EventTypeNormal, "Pulling", "Pulling image %q", c.spec.Image)
		msg := strings.ReplaceAll(img.PullError, "{image}", c.spec.Image)
		p.event(v1.EventTypeWarning, "Failed", "Failed to pull image %q: %s", c.spec.Image, msg)
		p.event(v1.EventTypeWarning, "Failed", "Error: ErrImagePull")
		c.waiting("ErrImagePull", msg)
		if !p.sleep(2 * time.Second) {
			return false
		}
		p.event(v1.EventTypeNormal, "BackOff", "Back-off pulling image %q", c.spec.Image)
		p.event(v1.EventTypeWarning, "Failed", "Error: ImagePullBackOff")
		c.waiting("ImagePullBackOff", fmt.Sprintf("Back-off pulling image %q: ErrImagePull: %s", c.spec.Image, msg))
		if !p.sleep(p.m.cfg.backoff(try)) {
			return false
		}
	}
	if img.PullMillis > 0 {
		p.event(v1.EventTypeNormal, "Pulling", "Pulling image %q", c.spec.Image)
		if !p.sleep(time.Duration(img.PullMillis) * time.Millisecond) {
			return false
		}
		p.event(v1.EventTypeNormal, "Pulled", "Successfully pulled image %q in %dms (%dms including waiting). Image size: 1 bytes.", c.spec.Image, img.PullMillis, img.PullMillis)
	} else {
		p.event(v1.EventTypeNormal, "Pulled", "Container image %q already present on machine", c.spec.Image)
	}
	c.set(func() { c.imageID = "process://" + c.spec.Image })
	return true
}

// killer ends the process when the pod is stopped: preStop, SIGTERM, SIGKILL after the grace period.
func (c *Container) killer(ended <-chan struct{}, stop <-chan struct{}) {
	select {
	case <-ended:
		return
	case <-c.p.stopCh:
	case <-stop: // a sidecar after the last main container
		c.p.grace.CompareAndSwap(0, int64(30*time.Second))
	}
	c.p.event(v1.EventTypeNormal, "Killing", "Stopping container %s", c.spec.Name)
	grace := time.After(time.Duration(c.p.grace.Load()))
	if l := c.spec.Lifecycle; l != nil && l.PreStop != nil && l.PreStop.Exec != nil {
		_, _ = c.execQuiet(l.PreStop.Exec.Command, time.Duration(c.p.grace.Load()))
	}
	if pr := c.current(); pr != nil {
		pr.signal(syscall.SIGTERM)
	}
	select {
	case <-ended:
	case <-grace:
	case <-c.p.killNow:
	}
	if pr := c.current(); pr != nil {
		pr.signal(syscall.SIGKILL)
	}
}
