package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// environment resolves what kubelet and the runtime would put into the container's environment, in
// order: image, kubernetes service, envFrom, env. An error means CreateContainerConfigError.
func (p *Pod) environment(ctx context.Context, c *v1.Container, img ImageConfig) ([]string, map[string]string, error) {
	pod := p.object()
	env := map[string]string{}
	var order []string
	set := func(k, v string) {
		if _, ok := env[k]; !ok {
			order = append(order, k)
		}
		env[k] = v
	}
	pathVar := os.Getenv("PATH")
	if img.PathPrefix != "" {
		pathVar = img.PathPrefix + ":" + pathVar
	}
	set("PATH", pathVar)
	set("HOME", "/root")
	set("HOSTNAME", p.hostname())
	if !isolated() {
		set("HOME", p.dir)
		set("GPUCTL_TEST_POD_DIR", p.dir)
	}
	for _, k := range sortedKeys(img.Env) {
		set(k, img.Env[k])
	}
	host, port, _ := strings.Cut(strings.TrimPrefix(p.m.apiHost, "https://"), ":")
	set("KUBERNETES_SERVICE_HOST", host)
	set("KUBERNETES_SERVICE_PORT", port)
	set("KUBERNETES_SERVICE_PORT_HTTPS", port)
	gpus := p.gpus[c.Name]
	if len(gpus) == 0 {
		set("NVIDIA_VISIBLE_DEVICES", "void")
	} else {
		var s []string
		for _, g := range gpus {
			s = append(s, strconv.Itoa(g))
		}
		set("NVIDIA_VISIBLE_DEVICES", strings.Join(s, ","))
	}

	for _, from := range c.EnvFrom {
		var data map[string]string
		var err error
		var optional *bool
		switch {
		case from.ConfigMapRef != nil:
			optional = from.ConfigMapRef.Optional
			data, err = p.m.configMap(ctx, pod.Namespace, from.ConfigMapRef.Name)
		case from.SecretRef != nil:
			optional = from.SecretRef.Optional
			data, err = p.m.secret(ctx, pod.Namespace, from.SecretRef.Name)
		}
		if apierrors.IsNotFound(err) && optional != nil && *optional {
			continue
		} else if err != nil {
			return nil, nil, shortNotFound(err)
		}
		for _, k := range sortedKeys(data) {
			set(from.Prefix+k, data[k])
		}
	}
	for _, e := range c.Env {
		if e.ValueFrom == nil {
			set(e.Name, expand(e.Value, env))
			continue
		}
		v, skip, err := p.valueFrom(ctx, c, e.ValueFrom)
		if err != nil {
			return nil, nil, err
		}
		if !skip {
			set(e.Name, v)
		}
	}
	list := make([]string, 0, len(order))
	for _, k := range order {
		list = append(list, k+"="+env[k])
	}
	return list, env, nil
}

func (p *Pod) valueFrom(ctx context.Context, c *v1.Container, s *v1.EnvVarSource) (string, bool, error) {
	pod := p.object()
	key := func(kind, name, key string, optional *bool, data map[string]string, err error) (string, bool, error) {
		opt := optional != nil && *optional
		if err != nil {
			if apierrors.IsNotFound(err) && opt {
				return "", true, nil
			}
			return "", false, shortNotFound(err)
		}
		v, ok := data[key]
		if !ok && !opt {
			return "", false, fmt.Errorf("couldn't find key %s in %s %s/%s", key, kind, pod.Namespace, name)
		}
		return v, !ok, nil
	}
	switch {
	case s.ConfigMapKeyRef != nil:
		r := s.ConfigMapKeyRef
		d, err := p.m.configMap(ctx, pod.Namespace, r.Name)
		return key("ConfigMap", r.Name, r.Key, r.Optional, d, err)
	case s.SecretKeyRef != nil:
		r := s.SecretKeyRef
		d, err := p.m.secret(ctx, pod.Namespace, r.Name)
		return key("Secret", r.Name, r.Key, r.Optional, d, err)
	case s.FieldRef != nil:
		v, err := p.field(s.FieldRef.FieldPath)
		return v, false, err
	case s.ResourceFieldRef != nil:
		v, err := p.resourceField(c, s.ResourceFieldRef)
		return v, false, err
	}
	return "", true, nil
}

// field is the downward API's fieldRef.
func (p *Pod) field(path string) (string, error) {
	pod := p.object()
	if i := strings.IndexByte(path, '['); i > 0 && strings.HasSuffix(path, "']") {
		k := strings.TrimPrefix(path[i:len(path)-2], "['")
		switch path[:i] {
		case "metadata.labels":
			return pod.Labels[k], nil
		case "metadata.annotations":
			return pod.Annotations[k], nil
		}
	}
	all := func(m map[string]string) string {
		var b []string
		for _, k := range sortedKeys(m) {
			b = append(b, k+"="+strconv.Quote(m[k]))
		}
		return strings.Join(b, "\n")
	}
	switch path {
	case "metadata.name":
		return pod.Name, nil
	case "metadata.namespace":
		return pod.Namespace, nil
	case "metadata.uid":
		return string(pod.UID), nil
	case "metadata.labels":
		return all(pod.Labels), nil
	case "metadata.annotations":
		return all(pod.Annotations), nil
	case "spec.nodeName":
		return pod.Spec.NodeName, nil
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName, nil
	case "status.hostIP", "status.hostIPs":
		return "127.0.0.1", nil
	case "status.podIP", "status.podIPs":
		return p.ip, nil
	}
	return "", fmt.Errorf("unsupported fieldPath %q", path)
}

func (p *Pod) resourceField(c *v1.Container, r *v1.ResourceFieldSelector) (string, error) {
	if r.ContainerName != "" {
		for i := range p.spec.Containers {
			if p.spec.Containers[i].Name == r.ContainerName {
				c = &p.spec.Containers[i]
			}
		}
	}
	kind, name, _ := strings.Cut(r.Resource, ".")
	list := c.Resources.Limits
	if kind == "requests" {
		list = c.Resources.Requests
	}
	q, ok := list[v1.ResourceName(name)]
	if !ok && kind == "limits" { // kubelet: without a limit the node's allocatable
		if s, has := p.node.cfg.Allocatable[name]; has {
			q = resource.MustParse(s)
		}
	}
	div := r.Divisor
	if div.IsZero() {
		div = resource.MustParse("1")
	}
	if name == "cpu" {
		return strconv.FormatInt(int64(math.Ceil(float64(q.MilliValue())/float64(div.MilliValue()))), 10), nil
	}
	return strconv.FormatInt(int64(math.Ceil(float64(q.Value())/float64(div.Value()))), 10), nil
}

// expand replaces $(NAME) by the value and $$ by $; an unknown $(NAME) stays as it is.
func expand(s string, env map[string]string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		switch s[i+1] {
		case '$':
			b.WriteByte('$')
			i++
		case '(':
			end := strings.IndexByte(s[i:], ')')
			if end < 0 {
				b.WriteByte('$')
				continue
			}
			if v, ok := env[s[i+2:i+end]]; ok {
				b.WriteString(v)
			} else {
				b.WriteString(s[i : i+end+1])
			}
			i += end
		default:
			b.WriteByte('$')
		}
	}
	return b.String()
}

func expandAll(list []string, env map[string]string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = expand(s, env)
	}
	return out
}

func (m *Manager) configMap(ctx context.Context, ns, name string) (map[string]string, error) {
	cm, err := m.cs.CoreV1().ConfigMaps(ns).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	d := map[string]string{}
	for k, v := range cm.Data {
		d[k] = v
	}
	for k, v := range cm.BinaryData {
		d[k] = string(v)
	}
	return d, nil
}

func (m *Manager) secret(ctx context.Context, ns, name string) (map[string]string, error) {
	s, err := m.cs.CoreV1().Secrets(ns).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	d := map[string]string{}
	for k, v := range s.Data {
		d[k] = string(v)
	}
	return d, nil
}

// shortNotFound: kubelet's words are `secret "x" not found`, `configmap "x" not found`.
func shortNotFound(err error) error {
	if s, ok := err.(apierrors.APIStatus); ok && apierrors.IsNotFound(err) && s.Status().Details != nil {
		kind := strings.TrimSuffix(s.Status().Details.Kind, "s")
		return fmt.Errorf("%s %q not found", kind, s.Status().Details.Name)
	}
	return err
}
