package scripting

import (
	"reflect"
	"slices"

	"github.com/yuin/gopher-lua/ast"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// call checks what a call of order or inject says in so many words: the name of the order, and the names of its
// parameters. It is found when the script is read, and not in the hour of the drill in which the function runs. What
// a script computes is for the engine to refuse.
func (v *visitor) call(e *ast.FuncCallExpr) {
	function, ok := e.Func.(*ast.IdentExpr)
	if !ok || function.Value != "order" && function.Value != "inject" || v.own[function.Value] || len(e.Args) == 0 {
		return
	}
	name, ok := e.Args[0].(*ast.StringExpr)
	if !ok {
		return
	}
	spec := sim.OrderByName(name.Value)
	if spec == nil {
		v.fault(e, "没有名为 %q 的指令；%s", "no order is called %q; %s", name.Value, scenario.WantOneOf(name.Value, orderNames()))
		return
	}
	if len(e.Args) == 1 {
		v.parameters(e, spec, nil)
	} else if table, ok := e.Args[1].(*ast.TableExpr); ok {
		v.parameters(e, spec, table.Fields)
	}
}

// parameters checks the names of an order's parameters.
func (v *visitor) parameters(e *ast.FuncCallExpr, spec *sim.OrderSpec, fields []*ast.Field) {
	var known, given []string
	for _, p := range spec.Params {
		known = append(known, p.Name)
	}
	for _, f := range fields {
		key, ok := f.Key.(*ast.StringExpr)
		if !ok {
			return // a key that is computed may be any
		}
		given = append(given, key.Value)
		if !slices.Contains(known, key.Value) {
			v.fault(e, "%s 没有参数 %q；%s", "%s has no parameter %q; %s", spec.Name, key.Value,
				scenario.WantOneOf(key.Value, known))
		}
	}
	for _, p := range spec.Params {
		if !p.Optional && !slices.Contains(given, p.Name) {
			v.fault(e, "%s 缺少 %s；应有 %s：%s", "%s without %s; want %s: %s", spec.Name, p.Name, p.Name, p.Doc)
		}
	}
}

func (v *visitor) fault(e *ast.FuncCallExpr, zh, en string, args ...any) {
	v.problems = append(v.problems, sim.Fail("%s:%d: %s", "%s:%d: %s", v.file, e.Line(), sim.Say(zh, en, args...)))
}

// orderNames are the names of the catalogue.
func orderNames() []string {
	var names []string
	for i := range sim.Orders {
		names = append(names, sim.Orders[i].Name)
	}
	return names
}

// ownNames returns the names that a script gives to things of its own, anywhere: a script may have a function of its
// own called order.
func ownNames(chunk []ast.Stmt) map[string]bool {
	own := make(map[string]bool)
	add := func(names ...string) {
		for _, n := range names {
			own[n] = true
		}
	}
	visit(reflect.ValueOf(chunk), func(node any) {
		switch n := node.(type) {
		case *ast.LocalAssignStmt:
			add(n.Names...)
		case *ast.ParList:
			add(n.Names...)
		case *ast.NumberForStmt:
			add(n.Name)
		case *ast.GenericForStmt:
			add(n.Names...)
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if id, ok := left.(*ast.IdentExpr); ok {
					add(id.Value)
				}
			}
		case *ast.FuncDefStmt:
			if id, ok := n.Name.Func.(*ast.IdentExpr); ok {
				add(id.Value)
			}
		}
	})
	return own
}
