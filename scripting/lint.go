package scripting

import (
	"fmt"
	"reflect"

	"github.com/yuin/gopher-lua/ast"
)

// lintChunk looks for what the interpreter would do differently on another machine.
func lintChunk(file string, chunk []ast.Stmt) []error {
	v := visitor{file: file}
	v.walk(reflect.ValueOf(chunk))
	return v.problems
}

type visitor struct {
	file     string
	problems []error
}

// walk visits every node of the syntax tree, in the order of the fields.
func (v *visitor) walk(x reflect.Value) {
	switch x.Kind() {
	case reflect.Interface, reflect.Pointer:
		if x.IsNil() {
			return
		}
		if e, ok := x.Interface().(*ast.ArithmeticOpExpr); ok && e.Operator == "^" {
			v.problems = append(v.problems, fmt.Errorf("%s:%d: the operator ^ differs between machines; "+
				"want math.pow(x, y)", v.file, e.Line()))
		}
		v.walk(x.Elem())
	case reflect.Slice:
		for i := range x.Len() {
			v.walk(x.Index(i))
		}
	case reflect.Struct:
		for i := range x.NumField() {
			if x.Type().Field(i).IsExported() {
				v.walk(x.Field(i))
			}
		}
	}
}
