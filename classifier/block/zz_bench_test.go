package block
import ("testing";"os";"bufio";"encoding/json";"context";"syscall")
func BenchmarkReal(b *testing.B){
 f,_:=os.Open("/tmp/d/wcxb_dev.jsonl"); rd:=bufio.NewReaderSize(f,1<<20)
 var pages [][]byte; n:=0
 for i:=0;i<150;i++ { l,_:=rd.ReadBytes('\n'); var r struct{HTML string}; json.Unmarshal(l,&r); pages=append(pages,[]byte(r.HTML)); n+=len(r.HTML) }
 b.SetBytes(int64(n)); b.ReportAllocs(); b.ResetTimer()
 var r0,r1 syscall.Rusage; syscall.Getrusage(0,&r0)
 for b.Loop() { for _,p:=range pages { if _,err:=HTML(context.Background(),p,Options{}); err!=nil {b.Fatal(err)} } }
 syscall.Getrusage(0,&r1); sec:=float64(r1.Utime.Nano()+r1.Stime.Nano()-r0.Utime.Nano()-r0.Stime.Nano())/1e9
 b.ReportMetric(float64(n)*float64(b.N)/1e6/sec,"MB/cpu-s")
}
