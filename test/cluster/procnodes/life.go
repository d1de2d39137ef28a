package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
)

// run is the pod's life, from its binding to a node until its object is gone.
func (p *Pod) run() {
	ctx, cancel := context.WithCancel(context.Background())
	stopStatus := make(chan struct{})
	statusDone := make(chan struct{})
	go func() { p.statusLoop(stopStatus); close(statusDone) }()

	p.live(ctx)

	owners := map[string]bool{}
	for _, c := range p.everyContainer() {
		owners[c.key()] = true
	}
	p.mu.Lock()
	p.over = true
	p.mu.Unlock()
	p.node.freeGPUs(owners)
	p.m.pokeDNS()
	p.changed()
	cancel()
	<-p.stopCh // a finished pod keeps its logs until its object is deleted
	close(stopStatus)
	<-statusDone
	if !p.gone.Load() {
		p.writeStatus()
		p.m.removeFromAPI(p.object())
	}
	p.m.forget(p)
	close(p.done)
}

// live returns when all containers are through, or the pod failed or was stopped before.
func (p *Pod) live(ctx context.Context) {
	if err := os.MkdirAll(filepath.Join(p.dir, "volumes"), 0o755); err != nil {
		p.fail("UnexpectedAdmissionError", err.Error())
		return
	}
	if err := p.allotGPUs(); err != nil {
		p.event(v1.EventTypeWarning, "UnexpectedAdmissionError", "%s", err)
		p.fail("UnexpectedAdmissionError", "Pod was rejected: "+err.Error())
		return
	}
	p.changed()
	if s := p.spec.ActiveDeadlineSeconds; s != nil {
		t := time.AfterFunc(time.Duration(*s)*time.Second, p.passDeadline)
		defer t.Stop()
	}
	for i := range p.spec.Volumes {
		if !p.mountVolume(ctx, &p.spec.Volumes[i]) {
			return
		}
	}
	p.writeHosts(p.m.all())
	p.m.pokeDNS()
	p.mu.Lock()
	p.netReady = true
	p.mu.Unlock()
	p.changed()
	p.runContainers(ctx)
}

func (p *Pod) allotGPUs() error {
	for _, c := range p.containers {
		if q, ok := c.spec.Resources.Limits[gpuResource]; ok && q.Value() > 0 {
			got, err := p.node.takeGPUs(c.key(), int(q.Value()))
			if err != nil {
				return err
			}
			p.gpus[c.spec.Name] = got
		}
	}
	return nil
}

func (p *Pod) passDeadline() {
	const message = "Pod was active on the node longer than the specified deadline"
	p.event(v1.EventTypeNormal, "DeadlineExceeded", message)
	p.fail("DeadlineExceeded", message)
	for _, c := range p.everyContainer() {
		c.kill("")
	}
}

// mountVolume tries until it works (a ConfigMap may come later); false if the pod is being stopped.
func (p *Pod) mountVolume(ctx context.Context, v *v1.Volume) bool {
	for delay := 500 * time.Millisecond; ; delay = min(delay*2, 30*time.Second) {
		dir, err := p.setUpVolume(ctx, v)
		if err == nil {
			p.volumes[v.Name] = dir
			return true
		}
		p.event(v1.EventTypeWarning, "FailedMount", "MountVolume.SetUp failed for volume %q : %s", v.Name, err)
		if !p.sleep(delay) {
			return false
		}
	}
}

// runContainers runs the init containers one after the other (sidecars stay), then all others together.
func (p *Pod) runContainers(ctx context.Context) {
	var sidecars sync.WaitGroup
	defer sidecars.Wait()
	stopSidecars := make(chan struct{})
	defer close(stopSidecars)
	for _, c := range p.inits {
		if c.spec.RestartPolicy != nil && *c.spec.RestartPolicy == v1.ContainerRestartPolicyAlways {
			sidecars.Add(1)
			go func() { defer sidecars.Done(); c.loop(ctx, v1.RestartPolicyAlways, stopSidecars) }()
			for !c.isStarted() && p.sleep(50*time.Millisecond) {
			}
			continue
		}
		policy := p.spec.RestartPolicy
		if policy == v1.RestartPolicyAlways {
			policy = v1.RestartPolicyOnFailure
		}
		if !c.loop(ctx, policy, nil) {
			return
		}
	}
	p.mu.Lock()
	p.initDone = true
	p.mu.Unlock()
	p.changed()
	var wg sync.WaitGroup
	for _, c := range p.containers {
		wg.Add(1)
		go func() { defer wg.Done(); c.loop(ctx, p.spec.RestartPolicy, nil) }()
	}
	wg.Wait()
}

func (p *Pod) fail(reason, message string) {
	p.mu.Lock()
	p.failed, p.reason, p.message = true, reason, message
	p.mu.Unlock()
	p.changed()
}
