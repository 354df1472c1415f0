package scripting

import (
	"reflect"

	"github.com/yuin/gopher-lua/ast"

	"sandtable/sim"
)

// lintChunk looks for what the interpreter would do differently on another machine, and for orders that there are not.
func lintChunk(file string, chunk []ast.Stmt) []error {
	v := visitor{file: file, own: ownNames(chunk)}
	visit(reflect.ValueOf(chunk), v.look)
	return v.problems
}

type visitor struct {
	file     string
	own      map[string]bool // names that the script gives to things of its own
	problems []error
}

func (v *visitor) look(node any) {
	switch e := node.(type) {
	case *ast.ArithmeticOpExpr:
		if e.Operator == "^" {
			v.problems = append(v.problems, sim.Fail("%s:%d: 运算符 ^ 在不同机器上结果不同；应为 math.pow(x, y)",
				"%s:%d: the operator ^ differs between machines; want math.pow(x, y)", v.file, e.Line()))
		}
	case *ast.FuncCallExpr:
		v.call(e)
	}
}

// visit shows every node of a syntax tree to a function, in the order of the fields.
func visit(x reflect.Value, look func(node any)) {
	switch x.Kind() {
	case reflect.Interface:
		if !x.IsNil() {
			visit(x.Elem(), look)
		}
	case reflect.Pointer:
		if !x.IsNil() {
			look(x.Interface())
			visit(x.Elem(), look)
		}
	case reflect.Slice:
		for i := range x.Len() {
			visit(x.Index(i), look)
		}
	case reflect.Struct:
		for i := range x.NumField() {
			if x.Type().Field(i).IsExported() {
				visit(x.Field(i), look)
			}
		}
	}
}
