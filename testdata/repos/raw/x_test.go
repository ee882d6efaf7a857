package x
func FuzzX(f *testing.F) {
