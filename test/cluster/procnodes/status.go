package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/klog/v2"
)

// update takes a newer object; only an in-place resize of CPU and memory matters.
func (p *Pod) update(obj *v1.Pod) {
	p.mu.Lock()
	p.obj = obj
	for i := range obj.Spec.Containers {
		c := &obj.Spec.Containers[i]
		old := p.allocated[c.Name]
		if reflect.DeepEqual(old.Requests, c.Resources.Requests) && reflect.DeepEqual(old.Limits, c.Resources.Limits) {
			continue
		}
		if p.resizeCond = p.infeasible(c.Resources.Requests); p.resizeCond == nil {
			p.allocated[c.Name] = *c.Resources.DeepCopy()
		}
	}
	p.mu.Unlock()
	p.changed()
}

// infeasible: a resize that the node could never grant stays pending, with this condition.
func (p *Pod) infeasible(requests v1.ResourceList) *v1.PodCondition {
	for _, r := range []v1.ResourceName{v1.ResourceCPU, v1.ResourceMemory} {
		want := requests[r]
		have := resource.MustParse(p.node.cfg.Allocatable[string(r)])
		if want.Cmp(have) <= 0 {
			continue
		}
		amount := func(q resource.Quantity) int64 {
			if r == v1.ResourceCPU {
				return q.MilliValue()
			}
			return q.Value()
		}
		return &v1.PodCondition{Type: v1.PodResizePending, Status: v1.ConditionTrue, Reason: v1.PodReasonInfeasible, LastTransitionTime: metav1.Now(),
			Message: fmt.Sprintf("Node didn't have enough capacity: %s, requested: %d, capacity: %d", r, amount(want), amount(have))}
	}
	return nil
}

// statusLoop writes the status whenever something changed, at most 20 times a second.
func (p *Pod) statusLoop(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-p.dirty:
		}
		if !p.gone.Load() {
			p.writeStatus()
		}
		select {
		case <-stop:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// writeStatus sends a strategic merge patch of the difference, as kubelet does: conditions of others (PodScheduled,
// DisruptionTarget) stay, and no resourceVersion can conflict. While the API server is away it tries again.
func (p *Pod) writeStatus() {
	p.mu.Lock()
	base := p.base
	p.mu.Unlock()
	next := base.DeepCopy()
	p.fillStatus(&next.Status)
	a, _ := json.Marshal(base)
	b, _ := json.Marshal(next)
	patch, err := strategicpatch.CreateTwoWayMergePatch(a, b, v1.Pod{})
	if err != nil || string(patch) == "{}" {
		return
	}
	patch = []byte(fmt.Sprintf(`{"metadata":{"uid":%q},%s`, p.uid, patch[1:]))
	got, err := p.m.cs.CoreV1().Pods(p.ns).Patch(context.Background(), p.name, types.StrategicMergePatchType, patch, metav1.PatchOptions{}, "status")
	if err == nil {
		p.mu.Lock()
		p.base = got
		p.mu.Unlock()
		return
	}
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return
	}
	klog.ErrorS(err, "status", "pod", p.ns+"/"+p.name)
	time.AfterFunc(500*time.Millisecond, p.changed)
}

func (p *Pod) fillStatus(s *v1.PodStatus) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.ObservedGeneration = p.obj.Generation
	s.StartTime = &p.started
	s.HostIP, s.HostIPs = "127.0.0.1", []v1.HostIP{{IP: "127.0.0.1"}}
	if p.netReady {
		s.PodIP, s.PodIPs = p.ip, []v1.PodIP{{IP: p.ip}}
	}
	s.QOSClass = qos(&p.spec)
	s.Phase = p.fillContainers(s)
	if p.failed {
		s.Reason, s.Message = p.reason, p.message
	}
	p.fillConditions(s)
}

// fillContainers writes the container statuses and returns the phase that follows from them.
func (p *Pod) fillContainers(s *v1.PodStatus) v1.PodPhase {
	s.InitContainerStatuses, s.ContainerStatuses = nil, nil
	initFailed := false
	for _, c := range p.inits {
		s.InitContainerStatuses = append(s.InitContainerStatuses, c.status())
		initFailed = initFailed || c.gaveUp()
	}
	running, waiting, succeeded, failed := 0, 0, 0, 0
	for _, c := range p.containers {
		cs := c.status()
		r := p.allocated[c.spec.Name]
		cs.Resources = r.DeepCopy()
		cs.AllocatedResources = r.Requests
		s.ContainerStatuses = append(s.ContainerStatuses, cs)
		switch ended := cs.State.Terminated; {
		case ended != nil && c.isOver() && ended.ExitCode == 0:
			succeeded++
		case ended != nil && c.isOver():
			failed++
		case cs.State.Running != nil, ended != nil, cs.LastTerminationState.Terminated != nil:
			running++ // also between two runs
		default:
			waiting++
		}
	}
	switch {
	case p.failed || (initFailed && p.over):
		return v1.PodFailed
	case waiting > 0 || (!p.initDone && len(p.inits) > 0):
		return v1.PodPending
	case running > 0:
		return v1.PodRunning
	case failed == 0:
		return v1.PodSucceeded
	case p.over || p.spec.RestartPolicy == v1.RestartPolicyNever:
		return v1.PodFailed
	}
	return v1.PodRunning
}

func (p *Pod) fillConditions(s *v1.PodStatus) {
	var unready []string
	for _, cs := range s.ContainerStatuses {
		if !cs.Ready {
			unready = append(unready, cs.Name)
		}
	}
	ready, why, message := len(unready) == 0, "", ""
	switch {
	case s.Phase == v1.PodSucceeded:
		ready, why = false, "PodCompleted"
	case s.Phase == v1.PodFailed:
		ready, why = false, "PodFailed"
	case !ready:
		why, message = "ContainersNotReady", fmt.Sprintf("containers with unready status: [%s]", strings.Join(unready, " "))
	}
	gen := p.obj.Generation
	setCondition(s, gen, v1.PodReadyToStartContainers, p.netReady && !p.over, "", "")
	switch {
	case !p.initDone && len(p.inits) > 0:
		setCondition(s, gen, v1.PodInitialized, false, "ContainersNotInitialized", "containers with incomplete status")
	case s.Phase == v1.PodSucceeded:
		setCondition(s, gen, v1.PodInitialized, true, "PodCompleted", "")
	default:
		setCondition(s, gen, v1.PodInitialized, true, "", "")
	}
	setCondition(s, gen, v1.PodReady, ready, why, message)
	setCondition(s, gen, v1.ContainersReady, ready, why, message)
	s.Conditions = slices.DeleteFunc(s.Conditions, func(c v1.PodCondition) bool { return c.Type == v1.PodResizePending })
	if p.resizeCond != nil {
		s.Conditions = append(s.Conditions, *p.resizeCond)
	}
}

// setCondition keeps the transition time where the status does not change.
func setCondition(s *v1.PodStatus, generation int64, t v1.PodConditionType, ok bool, reason, message string) {
	c := v1.PodCondition{Type: t, Status: v1.ConditionFalse, Reason: reason, Message: message, ObservedGeneration: generation, LastTransitionTime: metav1.Now()}
	if ok {
		c.Status = v1.ConditionTrue
	}
	i := slices.IndexFunc(s.Conditions, func(old v1.PodCondition) bool { return old.Type == t })
	if i < 0 {
		s.Conditions = append(s.Conditions, c)
		return
	}
	if s.Conditions[i].Status == c.Status {
		c.LastTransitionTime = s.Conditions[i].LastTransitionTime
	}
	s.Conditions[i] = c
}

func qos(s *v1.PodSpec) v1.PodQOSClass {
	any, guaranteed := false, true
	for _, c := range s.Containers {
		for _, r := range []v1.ResourceName{v1.ResourceCPU, v1.ResourceMemory} {
			lim, hasLim := c.Resources.Limits[r]
			req, hasReq := c.Resources.Requests[r]
			any = any || hasLim || hasReq
			if !hasLim || (hasReq && req.Cmp(lim) != 0) {
				guaranteed = false
			}
		}
	}
	switch {
	case !any:
		return v1.PodQOSBestEffort
	case guaranteed:
		return v1.PodQOSGuaranteed
	}
	return v1.PodQOSBurstable
}
