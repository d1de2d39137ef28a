package main

import (
	"context"
	"fmt"
	"runtime"
	"sort"
	"sync"
	"time"

	coordv1 "k8s.io/api/coordination/v1"
	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
)

const gpuResource v1.ResourceName = "nvidia.com/gpu"

// Node is one registered node and the book of its GPUs.
type Node struct {
	cfg   NodeConfig
	index int
	rec   record.EventRecorder

	mu     sync.Mutex
	gpus   []string // per GPU index: "uid/container" or ""
	lastIP int      // pod addresses: 127.<10+index>.x.y
	ips    map[string]bool
}

func newNode(cfg NodeConfig, index int) *Node {
	q := resource.MustParse("0")
	if s, ok := cfg.Allocatable[string(gpuResource)]; ok {
		q = resource.MustParse(s)
	}
	return &Node{cfg: cfg, index: index, gpus: make([]string, q.Value()), ips: map[string]bool{}}
}

// takeGPUs allots the n lowest free GPUs to a container, as a device plugin would.
func (n *Node) takeGPUs(owner string, want int) ([]int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var got []int
	for i, o := range n.gpus {
		if o == "" && len(got) < want {
			got = append(got, i)
		}
	}
	if len(got) < want {
		return nil, fmt.Errorf("Allocate failed due to requested number of devices unavailable for %s. Requested: %d, Available: %d, which is unexpected", gpuResource, want, len(got))
	}
	for _, i := range got {
		n.gpus[i] = owner
	}
	return got, nil
}

func (n *Node) freeGPUs(owners map[string]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i, o := range n.gpus {
		if owners[o] {
			n.gpus[i] = ""
		}
	}
}

// takeIP gives a pod an address of its own. Addresses are reused only after a whole round.
func (n *Node) takeIP() string {
	if !ownAddresses {
		return "127.0.0.1"
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for {
		n.lastIP = n.lastIP%65000 + 1
		ip := fmt.Sprintf("127.%d.%d.%d", 10+n.index, n.lastIP/250, n.lastIP%250+1)
		if !n.ips[ip] {
			n.ips[ip] = true
			return ip
		}
	}
}

func (n *Node) freeIP(ip string) {
	n.mu.Lock()
	delete(n.ips, ip)
	n.mu.Unlock()
}

func (n *Node) object(port int) *v1.Node {
	res := v1.ResourceList{}
	for k, s := range n.cfg.Allocatable {
		res[v1.ResourceName(k)] = resource.MustParse(s)
	}
	labels := map[string]string{"kubernetes.io/hostname": n.cfg.Name, "kubernetes.io/os": "linux", "kubernetes.io/arch": runtime.GOARCH}
	for k, s := range n.cfg.Labels {
		labels[k] = s
	}
	now := metav1.Now()
	cond := func(t v1.NodeConditionType, s v1.ConditionStatus, reason, msg string) v1.NodeCondition {
		return v1.NodeCondition{Type: t, Status: s, Reason: reason, Message: msg, LastHeartbeatTime: now, LastTransitionTime: now}
	}
	return &v1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: n.cfg.Name, Labels: labels},
		Spec:       v1.NodeSpec{Taints: n.cfg.Taints, Unschedulable: n.cfg.Cordoned, ProviderID: "process://" + n.cfg.Name},
		Status: v1.NodeStatus{
			Capacity: res, Allocatable: res,
			// the API server dials InternalIP:KubeletEndpoint.Port for logs, exec, attach, port-forward
			Addresses:       []v1.NodeAddress{{Type: v1.NodeInternalIP, Address: "127.0.0.1"}, {Type: v1.NodeHostName, Address: n.cfg.Name}},
			DaemonEndpoints: v1.NodeDaemonEndpoints{KubeletEndpoint: v1.DaemonEndpoint{Port: int32(port)}},
			NodeInfo: v1.NodeSystemInfo{KubeletVersion: "v1.36.3", OperatingSystem: "linux", Architecture: runtime.GOARCH,
				OSImage: "local processes", ContainerRuntimeVersion: "process://1", MachineID: n.cfg.Name, SystemUUID: n.cfg.Name, BootID: n.cfg.Name, KernelVersion: "test"},
			Conditions: []v1.NodeCondition{
				cond(v1.NodeMemoryPressure, v1.ConditionFalse, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
				cond(v1.NodeDiskPressure, v1.ConditionFalse, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
				cond(v1.NodePIDPressure, v1.ConditionFalse, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
				cond(v1.NodeReady, v1.ConditionTrue, "KubeletReady", "kubelet is posting ready status"),
			},
		},
	}
}

// register creates or replaces the Node, then renews its lease every 10 s.
func (n *Node) register(ctx context.Context, cs kubernetes.Interface, port int) error {
	want := n.object(port)
	got, err := cs.CoreV1().Nodes().Create(ctx, want, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		if got, err = cs.CoreV1().Nodes().Get(ctx, want.Name, metav1.GetOptions{}); err == nil {
			got.Labels, got.Spec.Taints = want.Labels, want.Spec.Taints
			got, err = cs.CoreV1().Nodes().Update(ctx, got, metav1.UpdateOptions{})
		}
	}
	if err != nil {
		return err
	}
	got.Status = want.Status
	got.ResourceVersion = "" // unconditional: the node controllers write to a new node at the same time
	if _, err = cs.CoreV1().Nodes().UpdateStatus(ctx, got, metav1.UpdateOptions{}); err != nil {
		return err
	}
	go n.heartbeat(ctx, cs, got.UID)
	return nil
}

func (n *Node) heartbeat(ctx context.Context, cs kubernetes.Interface, uid types.UID) {
	leases := cs.CoordinationV1().Leases(v1.NamespaceNodeLease)
	secs := int32(40)
	for {
		now := metav1.NewMicroTime(time.Now())
		l, err := leases.Get(ctx, n.cfg.Name, metav1.GetOptions{})
		switch {
		case apierrors.IsNotFound(err):
			_, err = leases.Create(ctx, &coordv1.Lease{
				ObjectMeta: metav1.ObjectMeta{Name: n.cfg.Name, OwnerReferences: []metav1.OwnerReference{{APIVersion: "v1", Kind: "Node", Name: n.cfg.Name, UID: uid}}},
				Spec:       coordv1.LeaseSpec{HolderIdentity: &n.cfg.Name, LeaseDurationSeconds: &secs, RenewTime: &now},
			}, metav1.CreateOptions{})
		case err == nil:
			l.Spec.RenewTime = &now
			_, err = leases.Update(ctx, l, metav1.UpdateOptions{})
		}
		if err != nil && ctx.Err() == nil {
			klog.ErrorS(err, "lease", "node", n.cfg.Name)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Second):
		}
	}
}

// gpuUUID is stable per node and index.
func (n *Node) gpuUUID(i int) string {
	return fmt.Sprintf("GPU-00000000-0000-%04x-%04x-7e57c1057e42", n.index, i)
}

func sortedKeys[V any](m map[string]V) []string {
	var ks []string
	for k := range m {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return ks
}
