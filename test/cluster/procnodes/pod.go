package main

import (
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Pod is one pod being run.
type Pod struct {
	m        *Manager
	node     *Node
	uid      types.UID
	ns, name string
	spec     v1.PodSpec // as at the start
	ip, dir  string
	created  time.Time
	gpus     map[string][]int
	volumes  map[string]string

	mu         sync.Mutex
	obj        *v1.Pod // newest seen
	base       *v1.Pod // as after the last write of status
	started    metav1.Time
	inits      []*Container
	containers []*Container
	netReady   bool
	initDone   bool
	over       bool   // all containers are through
	reason     string // pod-level failure
	message    string
	failed     bool
	resizeCond *v1.PodCondition
	allocated  map[string]v1.ResourceRequirements

	gone     atomic.Bool
	stopOnce sync.Once
	stopCh   chan struct{}
	grace    atomic.Int64
	killNow  chan struct{}
	killOnce sync.Once
	dirty    chan struct{}
	done     chan struct{}
}

func newPod(m *Manager, n *Node, obj *v1.Pod) *Pod {
	p := &Pod{m: m, node: n, uid: obj.UID, ns: obj.Namespace, name: obj.Name, spec: *obj.Spec.DeepCopy(), obj: obj, base: obj, created: time.Now(),
		dir: filepath.Join(m.cfg.StateDir, "pods", string(obj.UID)), gpus: map[string][]int{}, volumes: map[string]string{}, started: metav1.Now(),
		allocated: map[string]v1.ResourceRequirements{}, stopCh: make(chan struct{}), killNow: make(chan struct{}), dirty: make(chan struct{}, 1), done: make(chan struct{})}
	p.ip = n.takeIP()
	if obj.Spec.HostNetwork {
		n.freeIP(p.ip)
		p.ip = "127.0.0.1"
	}
	for i := range p.spec.InitContainers {
		p.inits = append(p.inits, newContainer(p, &p.spec.InitContainers[i]))
	}
	for i := range p.spec.Containers {
		p.containers = append(p.containers, newContainer(p, &p.spec.Containers[i]))
		p.allocated[p.spec.Containers[i].Name] = *p.spec.Containers[i].Resources.DeepCopy()
	}
	return p
}

func (p *Pod) everyContainer() []*Container {
	return append(append([]*Container{}, p.inits...), p.containers...)
}

func (p *Pod) object() *v1.Pod {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.obj
}

func (p *Pod) hostname() string {
	if h := p.spec.Hostname; h != "" {
		return h
	}
	return p.name[:min(len(p.name), 63)]
}

func (p *Pod) event(kind, reason, format string, args ...any) {
	p.node.rec.Eventf(p.object(), kind, reason, format, args...)
}

// stop begins the end of the pod: SIGTERM now, SIGKILL after grace. A later call can only shorten it.
func (p *Pod) stop(grace time.Duration) {
	p.stopOnce.Do(func() {
		p.grace.Store(int64(grace))
		close(p.stopCh)
	})
	if grace < time.Duration(p.grace.Load()) || grace <= 0 {
		time.AfterFunc(max(grace, 0), func() { p.killOnce.Do(func() { close(p.killNow) }) })
	}
}

func (p *Pod) stopping() bool {
	select {
	case <-p.stopCh:
		return true
	default:
		return false
	}
}

// sleep waits; false if the pod is being stopped.
func (p *Pod) sleep(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-p.stopCh:
		return false
	}
}

func (p *Pod) changed() {
	select {
	case p.dirty <- struct{}{}:
	default:
	}
}

func (p *Pod) finished() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.over
}

func (p *Pod) isReady() bool {
	for _, c := range p.containers {
		if !c.isReady() {
			return false
		}
	}
	return !p.stopping()
}
