package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedv1 "k8s.io/client-go/kubernetes/typed/core/v1"
	listersv1 "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
)

// Manager runs the pods of all nodes of this program.
type Manager struct {
	cfg     *Config
	cs      kubernetes.Interface
	apiHost string
	port    int
	nodes   []*Node

	services listersv1.ServiceLister
	synced   cache.InformerSynced

	mu       sync.Mutex
	pods     map[types.UID]*Pod
	stopping bool
	wakeDNS  chan struct{}

	usageMu sync.Mutex
	usage   map[string]containerUsage // "namespace/pod/container"
}

func newManager(cfg *Config, cs kubernetes.Interface, apiHost string, port int) *Manager {
	if u, err := url.Parse(apiHost); err == nil && u.Host != "" {
		apiHost = u.Host
	}
	m := &Manager{cfg: cfg, cs: cs, apiHost: apiHost, port: port, pods: map[types.UID]*Pod{}, wakeDNS: make(chan struct{}, 1), usage: map[string]containerUsage{}}
	for i, n := range cfg.Nodes {
		m.nodes = append(m.nodes, newNode(n, i))
	}
	return m
}

func (m *Manager) start(ctx context.Context) error {
	f := informers.NewSharedInformerFactory(m.cs, 0)
	svc := f.Core().V1().Services()
	m.services, m.synced = svc.Lister(), svc.Informer().HasSynced
	_, _ = svc.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { m.pokeDNS() }, UpdateFunc: func(any, any) { m.pokeDNS() }, DeleteFunc: func(any) { m.pokeDNS() }})
	f.Start(ctx.Done())
	go m.runDNS(ctx)
	for _, n := range m.nodes {
		b := record.NewBroadcaster()
		b.StartRecordingToSink(&typedv1.EventSinkImpl{Interface: m.cs.CoreV1().Events("")})
		n.rec = b.NewRecorder(scheme.Scheme, v1.EventSource{Component: "kubelet", Host: n.cfg.Name})
		if err := n.register(ctx, m.cs, m.port); err != nil {
			return fmt.Errorf("node %s: %w", n.cfg.Name, err)
		}
		// one watch per node, filtered by the server: pods of other (for example kwok's) nodes are not read
		nf := informers.NewSharedInformerFactoryWithOptions(m.cs, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) {
			o.FieldSelector = fields.OneTermEqualSelector("spec.nodeName", n.cfg.Name).String()
		}))
		_, err := nf.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(o any) { m.onPod(n, o.(*v1.Pod)) },
			UpdateFunc: func(_, o any) { m.onPod(n, o.(*v1.Pod)) },
			DeleteFunc: func(o any) {
				if t, ok := o.(cache.DeletedFinalStateUnknown); ok {
					o = t.Obj
				}
				m.onGone(o.(*v1.Pod).UID)
			},
		})
		if err != nil {
			return err
		}
		nf.Start(ctx.Done())
	}
	return nil
}

func (m *Manager) onPod(n *Node, obj *v1.Pod) {
	m.mu.Lock()
	p, known := m.pods[obj.UID]
	if !known && !m.stopping {
		if obj.Status.Phase == v1.PodSucceeded || obj.Status.Phase == v1.PodFailed {
			m.mu.Unlock() // finished under an earlier program
			if obj.DeletionTimestamp != nil {
				go m.removeFromAPI(obj)
			}
			return
		}
		p = newPod(m, n, obj)
		m.pods[obj.UID] = p
		go p.run()
	}
	m.mu.Unlock()
	if known {
		p.update(obj)
	}
	if p != nil && obj.DeletionTimestamp != nil {
		grace := int64(30)
		if obj.DeletionGracePeriodSeconds != nil {
			grace = *obj.DeletionGracePeriodSeconds
		}
		p.stop(time.Duration(grace) * time.Second)
	}
}

// onGone: the object vanished (force deletion): no grace.
func (m *Manager) onGone(uid types.UID) {
	m.mu.Lock()
	p := m.pods[uid]
	m.mu.Unlock()
	if p != nil {
		p.gone.Store(true)
		p.stop(0)
	}
}

func (m *Manager) forget(p *Pod) {
	m.mu.Lock()
	delete(m.pods, p.uid)
	m.mu.Unlock()
	p.node.freeIP(p.ip)
	m.pokeDNS()
	_ = os.RemoveAll(p.dir)
	_ = os.RemoveAll(filepath.Join(layersDir(m.cfg), string(p.uid)))
}

// removeFromAPI is the last step of a deletion. While the API server is away it tries again, for some minutes.
func (m *Manager) removeFromAPI(obj *v1.Pod) {
	zero := int64(0)
	options := metav1.DeleteOptions{GracePeriodSeconds: &zero, Preconditions: &metav1.Preconditions{UID: &obj.UID}}
	for try := 0; try < 300; try++ {
		err := m.cs.CoreV1().Pods(obj.Namespace).Delete(context.Background(), obj.Name, options)
		if err == nil || apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return
		}
		klog.ErrorS(err, "delete", "pod", klog.KObj(obj))
		time.Sleep(time.Second)
	}
}

func (m *Manager) all() []*Pod {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]*Pod, 0, len(m.pods))
	for _, p := range m.pods {
		out = append(out, p)
	}
	return out
}

func (m *Manager) find(ns, name string) *Pod {
	var best *Pod
	for _, p := range m.all() {
		if p.ns == ns && p.name == name && (best == nil || p.created.After(best.created)) {
			best = p
		}
	}
	return best
}

// shutdown ends all processes; the pods stay in the API as they are.
func (m *Manager) shutdown() {
	m.mu.Lock()
	m.stopping = true
	m.mu.Unlock()
	var wg sync.WaitGroup
	for _, p := range m.all() {
		p.gone.Store(true)
		p.stop(time.Second) // whatever they had to say goes with the cluster
		wg.Add(1)
		go func() { defer wg.Done(); <-p.done }()
	}
	wg.Wait()
}
